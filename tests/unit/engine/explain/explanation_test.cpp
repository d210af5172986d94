// What holds of every explanation, over the rules and evidence of the golden cases: every rule, every subject, both
// dates of a case.
#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "dsl/check/check.h"
#include "engine/eval/outcome.h"
#include "engine/explain/explanation.h"
#include "engine/explain/outcome_row.h"
#include "engine/explain/words.h"
#include "evidence/core/canonical_json.h"
#include "tests/support/case_sections.h"
#include "tests/support/evidence_lines.h"

namespace assay {
namespace {

struct World {
  std::string name;
  Rulebook book;
  std::vector<std::pair<Date, Snapshot>> asked;  // as at, and what was known
};

std::string read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

// The worlds of the golden cases that hold evidence; a snapshot points at its world's schema, so a world never moves.
const std::vector<std::unique_ptr<World>>& worlds() {
  static const auto made = [] {
    std::vector<std::unique_ptr<World>> out;
    const std::filesystem::path folder = std::filesystem::path(ASSAY_SOURCE_DIR) / "tests/golden/explain";
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
      if (entry.path().extension() != ".case") continue;
      const golden::CaseSections of = golden::read_case(read_file(entry.path()));
      const std::string *rules = of.body_of("rules"), *evidence = of.body_of("evidence");
      if (!rules || !evidence) continue;
      auto world = std::make_unique<World>();
      world->name = entry.path().stem().string();
      Sources sources;
      sources.add("rules.assay", *rules + "\n");
      DiagnosticSink sink;
      world->book = check(std::move(sources), sink);
      REQUIRE_FALSE(sink.has_errors());
      for (const golden::Section& section : of.sections) {
        if (!section.head.starts_with("as at ")) continue;
        const Date as_at = *Date::parse(section.head.substr(6, 10)),
                   known_on = *Date::parse(section.head.substr(26, 10));
        auto snapshot = golden::evidence_lines(*evidence, world->book.schema, known_on);
        REQUIRE(snapshot);
        world->asked.emplace_back(as_at, std::move(*snapshot));
      }
      out.push_back(std::move(world));
    }
    return out;
  }();
  return made;
}

// Calls `visit(evaluation, outcome)` for every rule and every subject of its kind.
template <class Visit>
void for_each_outcome(Visit visit) {
  REQUIRE(worlds().size() > 10);
  for (const auto& world : worlds()) {
    for (const auto& [as_at, snapshot] : world->asked) {
      Evaluation evaluation(world->book, snapshot);
      for (std::uint32_t rule = 0; rule < world->book.rules.size(); ++rule) {
        for (SubjectId subject : snapshot.of_kind(world->book.rules[rule].kind)) {
          INFO(world->name << " " << world->book.rules[rule].name << " " << subject_text(snapshot, subject));
          visit(evaluation, outcome(evaluation, {rule}, subject, as_at));
        }
      }
    }
  }
}

// The inputs that a row of a table asks of stand beside it.
bool is_end(const ProofStep& step) {
  return step.leaf || step.absence || step.parameter || step.proof || step.kind == ProofStep::Kind::TableRow;
}

TEST_CASE(
    "explanation: every path ends in a row, a named absence, a parameter or the digest of a member's own explanation") {
  for_each_outcome([](Evaluation& evaluation, const Outcome& of) {
    const Explanation explanation = explain(evaluation, of);
    for (const ProofStep& step : explanation.steps) {
      INFO(step.title << " " << step.words << " " << step.result);
      CHECK((!step.children.empty() || is_end(step)));
      if (step.leaf) CHECK_FALSE((step.leaf->field.empty() || step.leaf->value.empty() || step.leaf->row == 0));
      if (step.leaf) CHECK_FALSE(step.leaf->recorded_by.empty());
      if (step.absence) CHECK_FALSE((step.absence->detail.empty() || step.absence->subject.empty()));
    }
  });
}

TEST_CASE("explanation: each rule, subject and date is one step, and every step is reached") {
  for_each_outcome([](Evaluation& evaluation, const Outcome& of) {
    const Explanation explanation = explain(evaluation, of);
    std::set<std::tuple<std::string, std::string, Date>> rules;
    std::vector<bool> reached(explanation.steps.size(), false);
    reached[explanation.root.index] = true;
    for (const ProofStep& step : explanation.steps) {
      if (!step.rule.empty()) CHECK(rules.emplace(step.rule, step.subject, step.on).second);
      for (StepId child : step.children) reached[child.index] = true;
    }
    CHECK(std::find(reached.begin(), reached.end(), false) == reached.end());
  });
}

TEST_CASE("explanation: the JSON is canonical, the same however it is asked for, and the row carries its digest") {
  for_each_outcome([](Evaluation& evaluation, const Outcome& of) {
    const Explanation explanation = explain(evaluation, of);
    const std::string json = to_json(explanation);
    CHECK(canonicalise_json(json) == json);
    Evaluation anew(evaluation.rulebook(), evaluation.snapshot());
    Explainer explainer(anew);
    explainer.explain(of);
    CHECK(to_json(explainer.explain(of)) == json);
    const Digest digest = digest_of(explanation);
    CHECK(digest == sha256(json));
    const std::string row = outcome_row(evaluation, of, digest);
    CHECK(canonicalise_json(row) == row);
    CHECK(row.find(digest.to_string()) != std::string::npos);
  });
}

TEST_CASE("explanation: what a clock wrote is shown and not hashed") {
  const auto& world = worlds().front();
  const auto& [as_at, snapshot] = world->asked.front();
  Evaluation evaluation(world->book, snapshot);
  const Explanation before =
      explain(evaluation, outcome(evaluation, {0}, snapshot.of_kind(world->book.rules[0].kind)[0], as_at));
  Explanation after = before;
  for (ProofStep& step : after.steps) {
    if (!step.leaf) continue;
    EvidenceLeaf leaf = *step.leaf;
    leaf.imported_at = "2031-01-01T00:00:00Z";
    leaf.note = "a note";
    step.leaf = std::make_shared<EvidenceLeaf>(std::move(leaf));
  }
  CHECK(digest_of(after) == digest_of(before));
  CHECK(to_tree(after).find("1 January 2031") != std::string::npos);
  CHECK(to_tree(before).find("1 January 2031") == std::string::npos);
}

TEST_CASE("explanation: no line of a tree is wider than asked") {
  for_each_outcome([](Evaluation& evaluation, const Outcome& of) {
    const Explanation explanation = explain(evaluation, of);
    for (const int width : {60, 80, 120}) {
      std::istringstream lines(to_tree(explanation, width));
      for (std::string line; std::getline(lines, line);) {
        INFO(line);
        CHECK(columns_of(line) <= static_cast<std::size_t>(width));
      }
    }
  });
}

}  // namespace
}  // namespace assay
