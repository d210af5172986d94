// World, plan, answers, blocks; then one transaction.
#include "engine/session/packed_run.h"

#include <set>

#include "engine/columns/evaluate.h"
#include "engine/columns/pack.h"
#include "engine/plan/plan.h"
#include "engine/session/run_body.h"
#include "engine/session/stored_world.h"
#include "evidence/core/canonical_json.h"
#include "evidence/core/check.h"

namespace assay {

namespace {

using namespace columns;

// Fields that columns may ask for: states and series of what the rules read.
std::vector<FieldId> fields_of(const Rulebook& book, const std::vector<RuleId>& rules) {
  std::set<FieldId> fields;
  for (const RuleId rule : rules)
    for (const FieldId field : fields_read(book, rule))
      if (book.schema.field(field).occurrence != Occurrence::Event) fields.insert(field);
  return {fields.begin(), fields.end()};
}

PackedCounts counts_of(const Answer& answer, const Column& column, const Frame& frame) {
  PackedCounts out{answer.rule};
  const auto* conditions = std::get_if<ConditionColumn>(&column);
  const std::vector<State>* states = nullptr;
  if (const auto* numbers = std::get_if<NumberColumn>(&column)) states = &numbers->state;
  if (const auto* wide = std::get_if<WideColumn>(&column)) states = &wide->state;
  for (std::size_t i = 0; i < frame.rows; ++i) {
    if (frame.in_being[i] == 0) continue;
    const bool open = conditions ? is_open(conditions->cells[i]) : ((*states)[i] & kCauses) != 0;
    const bool none = conditions ? (conditions->cells[i] & kSet) == kNoAnswer : (*states)[i] == kNotApplicable;
    (open ? out.unknown : none ? out.not_applicable : out.known) += 1;
    if (conditions && (conditions->cells[i] & kSet) == kYes) ++out.raised;
  }
  return out;
}

std::string status_of(const PackedCell& cell, bool trigger) {
  const bool unknown = (cell.state & kCauses) != 0, none = cell.state == kNotApplicable;
  if (!trigger) return none ? "not_applicable" : unknown ? "unknown" : "known";
  return unknown ? "undetermined" : !none && cell.low == "yes" ? "raised" : "clear";
}

constexpr const char* kCauseNames[] = {"missing", "stale", "conflict", "withdrawn"};

std::string row_of(const PackedCell& cell, const std::string& subject, const std::string& rule, Date as_at,
                   bool trigger) {
  const std::string status = status_of(cell, trigger);
  JsonWriter json;
  json.begin_object();
  if (trigger && cell.state == kNotApplicable) json.key("applies").boolean(false);
  json.field("as_at", as_at.to_string());
  if ((cell.state & kCauses) != 0) {
    json.key("because").begin_array();
    for (unsigned cause = 0; cause < 4; ++cause)
      if ((cell.state & (1u << cause)) != 0) json.text(kCauseNames[cause]);
    json.end_array();
    if (!trigger && !cell.low.empty() && !cell.high.empty())
      json.key("range").begin_array().text(cell.low).text(cell.high).end_array();
  }
  json.field("rule", rule);
  json.field("status", status);
  json.field("subject", subject);
  if (status == "known") json.field("value", cell.low);
  json.end_object();
  return json.take();
}

}  // namespace

Result<PackedBlocks> packed_blocks(Store& store, const Rulebook& rulebook, Date as_at, Date known_on) {
  const EditionAsked asked{as_at, known_on};
  const auto rules = plan(rulebook, asked).rules;
  auto stored = stored_world(store, rulebook.schema, fields_of(rulebook, rules), as_at, known_on);
  if (!stored) return tl::unexpected(stored.error());
  const World& world = stored->world;
  auto made = compile(rulebook, asked, rules, world);
  if (!made) return tl::unexpected(made.error());
  evaluate(*made, world, rulebook.schema);
  PackedBlocks out;
  out.result.as_at = as_at, out.result.known_on = known_on;
  out.result.notes = std::move(stored->notes);
  for (const Refused& refused : made->refused) out.result.left_out.emplace_back(refused.rule, refused.why);
  for (const Answer& answer : made->answers) {
    const Rule& rule = rulebook.rule(answer.rule);
    const Frame& frame = world.frames[rule.kind.index];
    const Column& column = made->columns[answer.column];
    out.result.counts.push_back(counts_of(answer, column, frame));
    std::int64_t number = 0;
    for (std::string& block : pack(answer, column, frame, rulebook))
      out.blocks.push_back({rule.name, number++, std::move(block)});
  }
  return out;
}

Result<PackedResult> run_packed(Store& store, const Rulebook& rulebook, const RunRequest& request) {
  CHECK(!request.as_at.empty());
  const Date as_at = request.as_at.back();
  auto known_on = known_on_of(store, request.known_on, as_at);
  if (!known_on) return tl::unexpected(known_on.error());
  auto made = packed_blocks(store, rulebook, as_at, *known_on);
  if (!made) return tl::unexpected(made.error());
  PackedResult& result = made->result;
  if (!request.record || made->blocks.empty()) return std::move(result);
  auto head = store.head();
  if (!head) return tl::unexpected(head.error());
  Store::NewRun run{as_at, *known_on,          request.run_by,          request.run_at,
                    "",    texts_of(rulebook), std::move(made->blocks), {}};
  std::vector<std::string> left_out;
  for (const auto& [rule, why] : result.left_out) left_out.push_back(rulebook.rule(rule).name);
  run.body = packed_run_body(run, *head, request.official, left_out);
  auto recorded = store.record_run(run);
  if (!recorded) return tl::unexpected(recorded.error());
  result.record = *recorded;
  return std::move(result);
}

Result<std::vector<ConcludedCell>> concluded_in(Store& store, const OutcomeBlock& block, Date as_at) {
  auto packed = unpack(block.bytes);
  if (!packed) return tl::unexpected(packed.error());
  auto held = store.subject_columns();
  if (!held) return tl::unexpected(held.error());
  std::vector<std::uint32_t> subjects;  // of the kind, by row
  for (std::uint32_t number = 1; number < held->kind.size(); ++number)
    if (held->kinds[held->kind[number]] == packed->kind) subjects.push_back(number);
  std::vector<std::uint32_t> asked;
  for (const PackedCell& cell : packed->cells) {
    if (cell.row >= subjects.size())
      return fail(ErrorCode::Corruption, fmt::format("a block of {} speaks of a body that is not held", block.rule));
    asked.push_back(subjects[cell.row]);
  }
  auto codes = store.subject_codes(asked);
  if (!codes) return tl::unexpected(codes.error());
  std::vector<ConcludedCell> out;
  for (std::size_t i = 0; i < asked.size(); ++i) {
    const std::string subject = packed->kind + ":" + (*codes)[i];
    out.push_back({block.rule, held->from[asked[i]] != 0 ? (*codes)[i] : subject,
                   row_of(packed->cells[i], subject, block.rule, as_at, packed->conditions)});
  }
  return out;
}

}  // namespace assay
