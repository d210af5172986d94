// World, plan, answers, blocks; then one transaction.
#include "engine/session/packed_run.h"

#include <set>

#include "engine/columns/evaluate.h"
#include "engine/columns/pack.h"
#include "engine/plan/plan.h"
#include "engine/session/rerun.h"
#include "engine/session/run_body.h"
#include "engine/session/stored_world.h"
#include "evidence/core/canonical_json.h"
#include "evidence/core/check.h"

namespace assay {

namespace {

using namespace columns;

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

std::vector<FieldId> columns_read(const Rulebook& book, const std::vector<RuleId>& rules,
                                  const std::vector<RuleId>& at_hand) {
  std::set<FieldId> fields;
  for (const RuleId rule : rules)
    for (const FieldId field : values_read(book, rule, at_hand))
      if (book.schema.field(field).occurrence != Occurrence::Event) fields.insert(field);
  return {fields.begin(), fields.end()};
}

Result<PackedBlocks> packed_blocks(Store& store, const Rulebook& rulebook, Date as_at, Date known_on,
                                   std::optional<std::int64_t> before_entry) {
  const EditionAsked asked{as_at, known_on};
  const auto rules = plan(rulebook, asked).rules;
  auto stored =
      stored_world(store, rulebook.schema, {columns_read(rulebook, rules, {}), as_at, known_on, before_entry});
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
    PackedCounts counts{answer.rule, {}};
    std::int64_t number = 0;
    for (std::string& block : pack({answer, world.frames[rule.kind.index], stored->subjects[rule.kind.index], rulebook},
                                   made->columns[answer.column])) {
      counts.fell.add(*tally(block), 1);
      out.blocks.push_back({rule.name, number++, std::move(block)});
    }
    out.result.counts.push_back(counts);
  }
  return out;
}

namespace {

// From an earlier run, or else whole.
Result<Rerun> blocks_for(Store& store, const Rulebook& rulebook, Date as_at, Date known_on, std::int64_t read,
                         Begin begin) {
  if (begin == Begin::FromEarlier) {
    auto again = rerun(store, rulebook, as_at, known_on, read);
    if (!again) return tl::unexpected(again.error());
    if (*again) return std::move(**again);
  }
  auto made = packed_blocks(store, rulebook, as_at, known_on, read);
  if (!made) return tl::unexpected(made.error());
  return Rerun{0, std::move(*made)};
}

}  // namespace

Result<PackedResult> run_packed(Store& store, const Rulebook& rulebook, const RunRequest& request, Begin begin) {
  CHECK(!request.as_at.empty());
  const Date as_at = request.as_at.back();
  const auto read = store.head();  // what others write from here on is no part of this run
  if (!read) return tl::unexpected(read.error());
  auto known_on = known_on_of(store, request.known_on, as_at);
  if (!known_on) return tl::unexpected(known_on.error());
  auto made = blocks_for(store, rulebook, as_at, *known_on, read->size, begin);
  if (!made) return tl::unexpected(made.error());
  PackedResult& result = made->made.result;
  if (!request.record || result.counts.empty()) return std::move(result);
  auto extent = store.extent(read->size);
  if (!extent) return tl::unexpected(extent.error());
  Store::NewRun run{
      as_at, *known_on, request.run_by, request.run_at, "", texts_of(rulebook), std::move(made->made.blocks), {}};
  run.based_on = made->base;
  PackedSaid said{.left_out = {}, .counts = {}, .all_known = extent->last_recorded.value_or(*known_on) <= *known_on};
  for (const auto& [rule, why] : result.left_out) said.left_out.push_back(rulebook.rule(rule).name);
  for (const PackedCounts& counts : result.counts)
    said.counts.push_back({rulebook.rule(counts.rule).name, counts.fell});
  run.body = packed_run_body(*read, request.official, said);
  run.read = read->size;
  auto recorded = store.record_run(run);
  if (!recorded) return tl::unexpected(recorded.error());
  result.record = *recorded;
  return std::move(result);
}

Result<std::vector<ConcludedCell>> concluded_in(Store& store, const OutcomeBlock& block, Date as_at) {
  auto packed = unpack(block.bytes);
  if (!packed) return tl::unexpected(packed.error());
  const auto torn = [&] {
    return fail(ErrorCode::Corruption, fmt::format("a block of {} speaks of a body that is not held", block.rule));
  };
  auto held = store.subject_columns({packed->subject_low, packed->subject_high});
  if (!held) return tl::unexpected(held.error());
  std::vector<std::uint32_t> subjects;  // of the kind, from the first of the block on
  for (std::size_t i = 0; i < held->kind.size(); ++i)
    if (held->kinds[held->kind[i]] == packed->kind) subjects.push_back(held->first + static_cast<std::uint32_t>(i));
  std::vector<std::uint32_t> asked;
  for (const PackedCell& cell : packed->cells) {
    if (cell.row < packed->first || cell.row - packed->first >= subjects.size()) return torn();
    asked.push_back(subjects[cell.row - packed->first]);
  }
  auto codes = store.subject_codes(asked);
  if (!codes) return tl::unexpected(codes.error());
  std::vector<ConcludedCell> out;
  for (std::size_t i = 0; i < asked.size(); ++i) {
    const std::string subject = packed->kind + ":" + (*codes)[i];
    out.push_back({block.rule, held->from_of(asked[i] - held->first) != 0 ? (*codes)[i] : subject,
                   row_of(packed->cells[i], subject, block.rule, as_at, packed->conditions)});
  }
  return out;
}

}  // namespace assay
