// A policy in the form of C2SP tlog-policy: groups, quorums, and what is refused with its line.
#include "apps/verifier/policy.h"

#include <catch2/catch.hpp>

#include "evidence/trail/key.h"

using namespace assay;
using verifier::Policy;

namespace {

std::string witness(const std::string& name) {
  return SigningKey::make(name, KeyUse::Witness)->public_key().to_string();
}

Policy policy(const std::string& text) {
  auto read = verifier::read_policy(text);
  if (const auto* fault = std::get_if<std::string>(&read)) FAIL(*fault);
  return std::get<Policy>(read);
}

std::string fault(const std::string& text) {
  const auto read = verifier::read_policy(text);
  const auto* said = std::get_if<std::string>(&read);
  return said ? *said : "none";
}

}  // namespace

TEST_CASE("a quorum of groups is met by enough of each") {
  const std::string x1 = witness("x1"), x2 = witness("x2"), x3 = witness("x3"), y1 = witness("y1"), y2 = witness("y2");
  const Policy asked = policy("# two councils of three, and an inspector\n\twitness X1 " + x1 + "\nwitness X2 " + x2 +
                              " https://x2.example\nwitness X3 " + x3 + "\ngroup X 2 X1 X2 X3\n\nwitness Y1 " + y1 +
                              "\nwitness Y2 " + y2 + "\ngroup Y any Y1 Y2\ngroup both all X Y\nquorum both");
  CHECK_FALSE(is_met(asked, {}));
  CHECK_FALSE(is_met(asked, {x1, x2}));
  CHECK_FALSE(is_met(asked, {x1, y1, y2}));
  CHECK(is_met(asked, {x1, x3, y2}));
  CHECK(is_met(policy("quorum none\n"), {}));
}

TEST_CASE("what is no policy is refused with its line") {
  const std::string key = witness("w");
  CHECK(fault("") == "line 0: it has no line `quorum`; write `quorum none` where no witness is asked for");
  CHECK(fault("quorum X\n") == "line 1: no witness and no group above is named `X`");
  CHECK(fault("witness X " + key + "\nwitness Y " + key + "\nquorum X\n") == "line 2: the key of `w` stands twice");
  CHECK(fault("witness X " + key + "\ngroup G 2 X\nquorum G\n") ==
        "line 2: `2` is not `all`, `any` or a number from 1 to 1");
  CHECK(fault("witness none " + key + "\n") == "line 1: the name `none` is taken");
  CHECK(fault("witness X " + key + "\ngroup G any X\ngroup H any X\n") == "line 3: `X` is a member twice");
  CHECK(fault("log " + key + "\n") == "line 1: `" + key + "` is no key of a log");
  CHECK(fault("quorum none\nquorum none\n") == "line 2: a second line `quorum`");
  CHECK(fault("\n\npolicy\n") == "line 3: `policy` begins no line of a policy as it stands");
}
