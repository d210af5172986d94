// Every explanation of the cases, scenarios and stores named is accepted, by all rows and by those in it alone; and of
// what is changed in them every kind is rejected:
//   oracle_explained [--every N] [--changed M] [--show] FOLDER... [--store STORE --as-at DATE...] [--rules RULES...]
// FOLDER: of cases as tests/golden/explain has them, or of rulesets with scenarios, each by itself. --rules: together,
// with what they use. --every: of the explanations of those, or of a store, one in N; --changed: of those one in M is
// also changed, or none (0). --show: what is rejected is printed whole.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "apps/verifier/accept/accept.h"
#include "dsl/check/check.h"
#include "engine/eval/outcome.h"
#include "engine/explain/explanation.h"
#include "engine/session/rules.h"
#include "engine/session/scenario_snapshot.h"
#include "evidence/store/store.h"
#include "tests/oracle/changed.h"
#include "tests/support/case_sections.h"
#include "tests/support/evidence_lines.h"

namespace {

using namespace assay;

struct Total {
  bool shown = false;  // of what is rejected the explanation
  std::size_t accepted = 0, wrongly = 0, derived = 0, by_leaves = 0;
  oracle::Told told, told_by_leaves;
};

struct Sampling {
  std::size_t every = 1, at = 0, changed = 1, taken = 0;
  bool take() { return at++ % every == 0; }
  bool change() { return changed != 0 && taken++ % changed == 0; }
};

constexpr std::size_t kPrinted = 40;

void judge(const std::string& json, verifier::Judge& by_rows, verifier::Judge& by_leaves, const std::string& digest,
           const std::string& whose, bool changed, Total& total) {
  const auto judged = by_rows(json, digest), alone = by_leaves(json);
  total.derived += judged.derived ? 1U : 0U;
  total.by_leaves += alone.derived ? 1U : 0U;
  for (const auto* fault : {&judged.fault, &alone.fault}) {
    if (!*fault) continue;
    if (++total.wrongly <= kPrinted)
      fmt::print("rejected{}: {}: {}\n{}", fault == &alone.fault ? " by its leaves" : "", whose, **fault,
                 total.shown ? json + "\n" : "");
    return;
  }
  ++total.accepted;
  if (!changed) return;
  oracle::change(json, by_rows, whose, total.told, true);
  oracle::change(json, by_leaves, whose, total.told_by_leaves, false);
}

void all_of(const Rulebook& book, const Snapshot& snapshot, Evaluation& evaluation, verifier::Derivation::Given given,
            Date as_at, const std::string& name, Sampling& sampling, Total& total) {
  verifier::Judge by_rows(book, snapshot, given), by_leaves(book, given);
  Explainer explainer(evaluation);
  for (const Outcome& outcome : outcomes(evaluation, plan(book, {as_at, snapshot.known_on(), false}))) {
    if (!sampling.take()) continue;
    const Explanation explanation = explainer.explain(outcome);
    judge(to_json(explanation), by_rows, by_leaves, digest_of(explanation).to_string(),
          fmt::format("{}: {} of {} as at {}", name, book.rule(outcome.rule).name,
                      snapshot.subject(outcome.subject).code, as_at.to_string()),
          sampling.change(), total);
  }
}

void scenarios(const Rulebook& book, Sampling& sampling, Total& total) {
  for (const Scenario& scenario : book.scenarios) {
    const Snapshot snapshot = scenario_snapshot(book, scenario);
    Evaluation::Overrides overrides;
    verifier::Derivation::Given given;
    for (const auto& [parameter, value] : scenario.parameters) {
      overrides[parameter.index] = value;
      given.emplace(parameter.index, value);
    }
    Evaluation evaluation(book, snapshot, overrides);
    all_of(book, snapshot, evaluation, given, scenario.as_at, scenario.title, sampling, total);
  }
}

std::vector<std::string> words_of(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> words;
  for (std::string word; in >> word;) words.push_back(word);
  return words;
}

// A case as tests/golden/explain has them: every rule of it for every subject, on each of its dates.
void golden_case(const std::filesystem::path& path, Total& total) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  const golden::CaseSections sections = golden::read_case(text.str());
  Sources sources;
  for (const auto& section : sections.sections) {
    const auto words = words_of(section.head);
    if (words.front() == "rules")
      sources.add(words.size() > 1 ? words[1] + ".assay" : "rules.assay", section.body + "\n");
  }
  DiagnosticSink sink;
  const Rulebook book = check(std::move(sources), sink);
  if (sink.has_errors()) return;
  const std::string name = path.stem().string();
  Sampling each;
  const std::string* evidence = sections.body_of("evidence");
  if (evidence == nullptr) return scenarios(book, each, total);
  for (const auto& section : sections.sections) {
    const auto words = words_of(section.head);
    if (words.size() < 6 || words[0] != "as") continue;
    const auto snapshot = golden::evidence_lines(*evidence, book.schema, *Date::parse(words[5]));
    if (!snapshot) continue;
    Evaluation evaluation(book, *snapshot);
    all_of(book, *snapshot, evaluation, {}, *Date::parse(words[2]), name, each, total);
  }
}

// Every rule's scenarios, and what a store holds as known on the day it is asked about.
int rules_and_store(const std::vector<std::string>& words, const std::string& store_path,
                    const std::vector<Date>& dates, Sampling& sampling, Total& total) {
  if (words.empty()) return 0;
  const auto rules = load_rules(words, "rulesets");
  if (!rules) return fmt::print(stderr, "{}\n", rules.error().message), 3;
  if (rules->sink.has_errors()) return fmt::print(stderr, "the rules do not check\n"), 3;
  const Rulebook& book = rules->rulebook;
  if (store_path.empty()) return scenarios(book, sampling, total), 0;
  auto store = Store::open(store_path, Access::Read);
  if (!store) return fmt::print(stderr, "{}\n", store.error().message), 3;
  for (const Date date : dates) {
    const auto snapshot = store->snapshot(book.schema, date);
    if (!snapshot) return fmt::print(stderr, "{}\n", snapshot.error().message), 3;
    Evaluation evaluation(book, *snapshot);
    all_of(book, *snapshot, evaluation, {}, date, "store", sampling, total);
  }
  return 0;
}

// Of cases, or of rulesets each by itself. Is there any?
bool folder(const std::string& path, Total& total) {
  std::set<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(path)) files.insert(entry.path());
  const std::size_t before = total.accepted + total.wrongly;
  Sampling each;
  for (const auto& file : files) {
    if (file.extension() == ".case") golden_case(file, total);
    if (file.extension() == ".assay" && rules_and_store({file.string()}, "", {}, each, total) != 0) return false;
  }
  return total.accepted + total.wrongly > before;
}

}  // namespace

int main(int argc, char** argv) {
  std::setvbuf(stdout, nullptr, _IOLBF, 0);
  Total total;
  Sampling sampling;
  std::vector<std::string> rules;
  std::vector<Date> dates;
  std::string store;
  bool of_rules = false;
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    const std::string value = i + 1 < argc ? argv[i + 1] : "";
    if (word == "--rules") {
      of_rules = true;
    } else if (word == "--show") {
      total.shown = true;
    } else if (word == "--every") {
      sampling.every = std::max(1UL, std::stoul(value)), ++i;
    } else if (word == "--changed") {
      sampling.changed = std::stoul(value), ++i;
    } else if (word == "--store") {
      store = value, ++i;
    } else if (word == "--as-at") {
      if (const auto date = Date::parse(value)) dates.push_back(*date);
      ++i;
    } else if (of_rules) {
      rules.push_back(word);
    } else if (!folder(word, total)) {
      return fmt::print(stderr, "{}: no case is in it, or it does not check\n", word), 3;
    }
  }
  if (const int exit = rules_and_store(rules, store, dates, sampling, total); exit != 0) return exit;
  fmt::print(
      "{} explanations accepted, {} wrongly rejected; the result derived again of {}, of {} by the rows in them "
      "alone\n",
      total.accepted, total.wrongly, total.derived, total.by_leaves);
  const std::size_t passed = oracle::print(total.told, "changed, by all rows");
  oracle::print(total.told_by_leaves, "changed, by the rows in it alone");
  return total.wrongly == 0 && passed == 0 && total.accepted > 0 ? 0 : 1;
}
