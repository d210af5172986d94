// Every n-th write of an act fails, alone or with all after it as on a full disk: the program says so, the store opens
// and verifies, what was acknowledged is there, and what was not is there whole or not at all.
#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <fstream>

#include "tests/fault/acts.h"
#include "tests/fault/asked.h"

using namespace assay;
using namespace assay::test;

namespace {

constexpr ActSizes kSmall{.councils = 400, .rows = 1500};
constexpr int kUnusable = 3;

std::map<std::string, std::string> failing(const ActStore& store, long at, bool keep) {
  std::map<std::string, std::string> environment{
      {"LD_PRELOAD", ASSAY_FAILING_WRITES}, {"ASSAY_FAULT_PATH", store.path()}, {"ASSAY_FAULT_AT", std::to_string(at)}};
  if (keep) environment["ASSAY_FAULT_KEEP"] = "1";
  return environment;
}

// How many writes the act makes when none fails.
long writes_of(ActStore& store, Act act, const std::string& base) {
  const std::string count = store.folder() + "count";
  auto environment = failing(store, 0, false);
  environment["ASSAY_FAULT_COUNT"] = count;
  REQUIRE(end_of(start(store.words(act), environment)) == 0);
  store.restore_from(base);
  long writes = 0;
  std::ifstream(count) >> writes;
  REQUIRE(writes > 0);
  return writes;
}

// `step` apart; returns how many were tried.
int fail_each(Act act, long step) {
  ActStore store(kSmall);
  const std::string base = store.folder() + "base";
  store.copy_to(base);
  const VerifyReport before = verified(base);
  const long writes = writes_of(store, act, base);
  int tried = 0;
  for (long at = 1; at <= writes; at += step) {
    for (const bool keep : {false, true}) {
      INFO(fmt::format("{}: write {} of {} fails{}", name_of(act), at, writes, keep ? ", and all after it" : ""));
      store.restore_from(base);
      const int exit = end_of(start(store.words(act), failing(store, at, keep)));
      CHECK((exit == 0 || exit == kUnusable));
      const VerifyReport now = verified(store.path());
      const bool done = now.entries == before.entries + store.entries_of(act);
      CHECK((done || now.entries == before.entries));
      if (exit == 0) CHECK(done);
      CHECK(now.rows == before.rows + (done ? store.rows_of(act) : 0));
      CHECK(now.runs == before.runs + (done ? store.runs_of(act) : 0));
      const std::int64_t of = entries_signed(store.path());
      if (exit == 0 && act == Act::Checkpoint) CHECK(of == now.entries);
      ++tried;
    }
  }
  return tried;
}

}  // namespace

TEST_CASE("a write that fails in an import, run, append, redaction or checkpoint is told, and nothing is half done") {
  for (const Act act : kActs) CHECK(fail_each(act, 7) > 0);
}

// By `tests/fault/soak` alone.
TEST_CASE("soak writes: every single write that fails is told, and nothing is half done", "[.soak]") {
  for (const Act act : kActs) {
    const int tried = fail_each(act, static_cast<long>(asked("ASSAY_SOAK_STEP", 1)));
    CHECK(tried > 0);
    fmt::print("writes: {} times a write failed in {}, alone or with all after it; nothing half done\n", tried,
               name_of(act));
    std::fflush(stdout);
  }
}
