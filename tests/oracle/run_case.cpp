// Text to rules and rows, both asked everything.
#include "tests/oracle/run_case.h"

#include <fmt/format.h>

#include <array>

#include "dsl/check/check.h"
#include "tests/columns/agree.h"
#include "tests/support/evidence_lines.h"

namespace assay::oracle {
namespace {

// In the order of ast::Expr.
constexpr std::array kConstructs = {"literal",        "chain",     "arithmetic",  "negate",         "not",
                                    "logic",          "compare",   "within last", "consecutive",    "percent of",
                                    "rounded",        "when",      "the above",   "first known of", "days since",
                                    "since entering", "previous",  "ago",         "change",         "call",
                                    "quantified",     "aggregate", "position",    "spread",         "error"};
static_assert(kConstructs.size() == std::variant_size_v<ast::Expr>);

void count_constructs(const Rulebook& book, const Snapshot& snapshot, std::map<std::string, std::size_t>& met) {
  for (std::uint32_t i = 0; i < book.tree.expr_count(); ++i) {
    const ast::Expr& expr = book.tree.expr(ast::ExprId{i});
    ++met[std::string("construct ") + kConstructs[expr.index()]];
    if (const auto* compare = std::get_if<ast::Compare>(&expr)) {
      const std::string_view word = ast::to_string(compare->relation.op);
      ++met[fmt::format("relation {}", word.empty() ? "is" : word)];
    }
    const auto* aggregate = std::get_if<ast::Aggregate>(&expr);
    if (aggregate != nullptr && aggregate->over) ++met["construct aggregate over time"];
    if (aggregate != nullptr && aggregate->ignoring_missing) ++met["mod ignoring missing"];
    if (aggregate != nullptr && aggregate->weighted_by) ++met["mod weighted by"];
    if (const auto* set = aggregate != nullptr ? std::get_if<ast::SetOf>(&aggregate->range) : nullptr) {
      met["mod where"] += set->where ? 1U : 0U;
      met["mod meet"] += set->meet ? 1U : 0U;
      met["mod with the same"] += set->with_same.empty() ? 0U : 1U;
      met["mod nearest"] += set->nearest ? 1U : 0U;
      met["mod expecting"] += set->expecting ? 1U : 0U;
    }
  }
  constexpr std::array kBodies = {"define", "rating", "table", "flag",       "interaction",
                                  "stage",  "enter",  "exit",  "unsupported"};
  for (const Rule& rule : book.rules) ++met[std::string("rule ") + kBodies[rule.body.index()]];
  for (const Rule& rule : book.rules) met["rule of an overlay"] += rule.local_of ? 1U : 0U;
  for (const Observation& row : snapshot.all_rows()) {
    ++met[fmt::format("standing {}", to_string(row.standing))];
    met["row superseded"] += row.superseded ? 1U : 0U;
    met["row of a day not known"] += row.exact() ? 0U : 1U;
  }
}

}  // namespace

namespace {
bool columns_compared = true;
}  // namespace

void compare_columns_too(bool compared) { columns_compared = compared; }

namespace {

Rulebook rules_of(const Case& made, DiagnosticSink& sink) {
  Sources sources;
  for (const RulesFile& file : made.files) {
    std::string text;
    for (const std::string& block : file.blocks) text += block + "\n";
    sources.add(file.name + ".assay", std::move(text));
  }
  return check(std::move(sources), sink);
}

tl::expected<Snapshot, std::string> evidence_of(const Case& made, const Rulebook& book) {
  std::string lines;
  for (const std::string& line : made.evidence) lines += line + "\n";
  const auto known_on = Date::parse(made.known_on);
  if (!known_on) return tl::unexpected(fmt::format("`{}` is no date", made.known_on));
  return golden::evidence_lines(lines, book.schema, *known_on);
}

}  // namespace

std::string answers_in_words(const Case& made, const std::string& date) {
  DiagnosticSink sink;
  const Rulebook book = rules_of(made, sink);
  if (sink.has_errors()) return "";
  const auto snapshot = evidence_of(made, book);
  const auto as_at = Date::parse(date);
  if (!snapshot || !as_at) return "";
  const Question question{book, *snapshot, *as_at, {}};
  const Evaluator ask = by_engine(question);
  std::string text;
  for (std::uint32_t i = 0; i < book.rules.size(); ++i)
    for (const Seen& seen : ask({i}))
      text += fmt::format("{}{} of {}: {}", text.empty() ? "" : "\n", book.rules[i].name,
                          snapshot->subject(seen.subject).code, in_words(seen, book, *snapshot, {i}));
  return text;
}

CaseResult run_case(const Case& made, const MakeEvaluator& one, const MakeEvaluator& other,
                    std::map<std::string, std::size_t>* met) {
  CaseResult result;
  DiagnosticSink sink;
  const Rulebook book = rules_of(made, sink);
  if (sink.has_errors()) {
    for (const Diagnostic& diagnostic : sink.sorted())
      if (severity_of(diagnostic.kind) == Severity::Error && result.fault.empty())
        result.fault = fmt::format("{}: {}", book.sources.words(diagnostic.primary), diagnostic.message);
    return result;
  }
  const auto snapshot = evidence_of(made, book);
  if (!snapshot) {
    result.fault = snapshot.error();
    return result;
  }
  if (met != nullptr) count_constructs(book, *snapshot, *met);
  for (const std::string& date : made.dates) {
    const Question question{book, *snapshot, *Date::parse(date), {}};
    const Compared found = compare(question, one, other);
    result.cells += found.cells;
    if (met != nullptr)
      for (const auto& [status, count] : found.statuses) (*met)["answer " + status] += count;
    for (const Difference& difference : found.differences)
      result.differences.push_back(fmt::format("as at {}: {}", date, difference.words));
    if (!columns_compared) continue;
    const Agreement columns = compare_columns(book, *snapshot, question.as_at);
    result.by_columns += columns.cells;
    for (const std::string& words : columns.differences)
      result.differences.push_back(fmt::format("as at {}: columns: {}", date, words));
  }
  return result;
}

namespace {

bool differs(const Case& made, const MakeEvaluator& one, const MakeEvaluator& other) {
  const CaseResult result = run_case(made, one, other, nullptr);
  return result.fault.empty() && !result.differences.empty();
}

// A line without what it corrects, whose number changes when lines before it go, so lines are blanked, not taken out.
template <class Item, class Gone>
bool leave_out(std::vector<Item>& items, std::size_t first, Gone gone, const std::function<bool()>& still) {
  bool smaller = false;
  for (std::size_t size = std::max<std::size_t>(1, items.size() / 2); size > 0; size /= 2) {
    for (std::size_t at = items.size(); at > first;) {
      const std::size_t from = at > first + size ? at - size : first;
      const std::vector<Item> before = items;
      if (gone(items, from, at) && still())
        smaller = true;
      else
        items = before;
      at = from;
    }
  }
  return smaller;
}

}  // namespace

Case shrink(Case made, const MakeEvaluator& one, const MakeEvaluator& other) {
  const std::function<bool()> still = [&] { return differs(made, one, other); };
  const auto erase = [](auto& items, std::size_t from, std::size_t to) {
    items.erase(items.begin() + static_cast<std::ptrdiff_t>(from), items.begin() + static_cast<std::ptrdiff_t>(to));
    return true;
  };
  const auto blank = [](std::vector<std::string>& lines, std::size_t from, std::size_t to) {
    bool any = false;
    for (std::size_t i = from; i < to; ++i) {
      any = any || !lines[i].starts_with("#");
      lines[i] = "# |";
    }
    return any;
  };
  leave_out(made.dates, 0, erase, still);
  leave_out(made.files, 1, erase, still);
  for (int round = 0; round < 3; ++round) {
    bool smaller = false;
    for (std::size_t i = 0; i < made.files.size(); ++i)
      smaller = leave_out(made.files[i].blocks, 1, erase, still) || smaller;
    smaller = leave_out(made.evidence, 0, blank, still) || smaller;
    if (!smaller) break;
  }
  return made;
}

}  // namespace assay::oracle
