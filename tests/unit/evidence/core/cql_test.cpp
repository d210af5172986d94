// The published tests of three-valued logic in tests/vectors/cql. What core cannot say is named, so that nothing is
// passed over unseen.
#include <catch2/catch.hpp>
#include <optional>
#include <pugixml.hpp>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "evidence/core/truth.h"

using namespace assay;

namespace {

// Null operators on values: questions about cells, which engine/eval answers ("first known of", "is unknown").
const std::set<std::string> kLeftToEngine = {"CoalesceANull",
                                             "CoalesceNullA",
                                             "CoalesceEmptyList",
                                             "CoalesceListFirstA",
                                             "CoalesceListLastA",
                                             "CoalesceFirstList",
                                             "CoalesceLastList",
                                             "DateTimeCoalesce",
                                             "DateTimeListCoalesce",
                                             "TimeCoalesce",
                                             "TimeListCoalesce",
                                             "IsNullFalseEmptyString",
                                             "IsNullAlsoFalseAbcString",
                                             "IsNullAlsoFalseNumber1",
                                             "IsNullAlsoFalseNumberZero"};

Truth truth_of(const std::string& word) {
  if (word == "true") return Truth::Yes;
  if (word == "false") return Truth::No;
  REQUIRE(word == "null");
  return Truth::Unknown;
}

// Yes or no to "it is certainly so", and what follows from it.
Truth is_true(Truth a) { return to_truth(a == Truth::Yes); }
Truth is_false(Truth a) { return is_true(opposite(a)); }
Truth is_null(Truth a) { return opposite(either(is_true(a), is_false(a))); }

Truth implies(Truth a, Truth b) { return either(opposite(a), b); }
Truth exclusive_or(Truth a, Truth b) { return both(either(a, b), opposite(both(a, b))); }

// "true and null", "not null", "IsTrue(null)"; nothing for what is written in other words.
std::optional<Truth> answer(std::string expression) {
  for (char& c : expression) {
    if (c == '(' || c == ')') c = ' ';
  }
  std::vector<std::string> words;
  std::istringstream in(expression);
  for (std::string word; in >> word;) words.push_back(word);
  if (words.size() == 2) {
    if (words[0] == "not") return opposite(truth_of(words[1]));
    if (words[0] == "IsTrue") return is_true(truth_of(words[1]));
    if (words[0] == "IsFalse") return is_false(truth_of(words[1]));
    if (words[0] == "IsNull") return is_null(truth_of(words[1]));
  }
  if (words.size() == 3) {
    const Truth a = truth_of(words[0]), b = truth_of(words[2]);
    if (words[1] == "and") return both(a, b);
    if (words[1] == "or") return either(a, b);
    if (words[1] == "implies") return implies(a, b);
    if (words[1] == "xor") return exclusive_or(a, b);
  }
  return std::nullopt;
}

struct Counts {
  int answered = 0, left = 0;
};

Counts run(const std::string& file) {
  pugi::xml_document document;
  REQUIRE(document.load_file((ASSAY_SOURCE_DIR "/tests/vectors/cql/" + file).c_str()));
  Counts counts;
  for (const pugi::xpath_node& node : document.select_nodes("//test")) {
    const std::string name = node.node().attribute("name").value();
    const std::string expression = node.node().child_value("expression");
    CAPTURE(name, expression);
    if (kLeftToEngine.contains(name)) {
      ++counts.left;
      continue;
    }
    const auto truth = answer(expression);
    REQUIRE(truth.has_value());
    REQUIRE(*truth == truth_of(node.node().child_value("output")));
    ++counts.answered;
  }
  return counts;
}

}  // namespace

TEST_CASE("CQL: and, or, not, implies, xor") {
  const Counts counts = run("CqlLogicalOperatorsTest.xml");
  REQUIRE(counts.answered == 39);
  REQUIRE(counts.left == 0);
}

TEST_CASE("CQL: null operators on truths; those on values are left to the engine, each by name") {
  const Counts counts = run("CqlNullologicalOperatorsTest.xml");
  REQUIRE(counts.answered == 7);
  REQUIRE(counts.left == static_cast<int>(kLeftToEngine.size()));
}
