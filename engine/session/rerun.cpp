// What is new, whom it reaches, and what they give now.
#include "engine/session/rerun.h"

#include <algorithm>
#include <map>
#include <set>
#include <span>

#include "engine/columns/evaluate.h"
#include "engine/columns/exchange.h"
#include "engine/columns/pack.h"
#include "engine/plan/plan.h"
#include "engine/session/run_body.h"
#include "engine/session/stored_world.h"
#include "evidence/store/run_outline.h"

namespace assay {

namespace {

using namespace columns;

constexpr std::size_t kNewMost = 4096;   // rows and subjects
constexpr std::size_t kRangesMost = 64;  // blocks of subjects that are evaluated one by one
constexpr std::size_t kOwnMost = 512;    // blocks that differ from those of the run based on, in all
constexpr std::uint32_t kFew = 64;       // numbers of bodies of a block, from the first to the last that is touched

// The run to begin from.
struct Base {
  RunRecord run;
  PackedSaid said;
  Store::Extent held;  // when it was made
  std::shared_ptr<const RunOutline> outline;
};

class Again {
 public:
  Again(Store& store, const Rulebook& book, Date as_at, Date known_on, std::int64_t read)
      : store_(store),
        book_(book),
        as_at_(as_at),
        known_on_(known_on),
        read_(read),
        rules_(plan(book, asked()).rules) {}
  // False: all has to be evaluated.
  Result<bool> make();
  Rerun take() { return std::move(out_); }

 private:
  EditionAsked asked() const { return {as_at_, known_on_}; }
  Result<bool> find_base();
  Result<bool> usable(const RunRecord& run);
  bool same_editions(Date known_then) const;
  bool sort_rules();
  Result<bool> find_new();
  bool reaches(RuleId rule) const;
  std::span<const BlockDigest> held(RuleId rule) const;
  Result<BlockExtent> extent(const BlockDigest& block);
  Result<std::size_t> block_of(std::span<const BlockDigest> blocks, std::uint32_t subject);
  Result<std::size_t> place_of(const BlockExtent& block, std::uint32_t subject);
  Result<bool> evaluate_alone();
  Result<std::vector<RuleId>> evaluate_few(KindId kind, const std::vector<RuleId>& rules, std::size_t block,
                                           SubjectRange few);
  Result<bool> evaluate_range(KindId kind, const std::vector<RuleId>& rules, std::size_t block);
  Result<bool> evaluate_others();
  Result<bool> evaluate_in(const StoredWorld& stored, const std::vector<RuleId>& rules, std::size_t first_block);
  Result<std::optional<Given>> given(RuleId rule);
  Result<void> replace(RuleId rule, std::size_t block, std::string bytes, const std::string* was = nullptr);
  Result<void> keep_own();

  Store& store_;
  const Rulebook& book_;
  Date as_at_, known_on_;
  std::int64_t read_;  // entries of the trail
  std::vector<RuleId> rules_;
  Base base_;
  std::vector<RuleId> answered_, alone_, others_;       // of them, those that are reached: by themselves alone, or not
  std::set<FieldId> fields_;                            // of which there is something new
  std::map<KindId, std::set<std::uint32_t>> subjects_;  // touched, the store's numbers
  std::set<KindId> grown_;                              // there are more of them than then
  std::map<std::pair<std::uint32_t, std::size_t>, std::string> anew_;  // by rule and block
  Rerun out_;
};

// Nothing that depends on what is known may have changed among the rules.
bool Again::same_editions(Date known_then) const {
  const EditionAsked then{as_at_, known_then}, now = asked();
  for (std::uint32_t rule = 0; rule < book_.rules.size(); ++rule)
    if (book_.rule_on({rule}, then) != book_.rule_on({rule}, now)) return false;
  for (std::uint32_t parameter = 0; parameter < book_.parameters.size(); ++parameter)
    if (book_.parameter_on({parameter}, then) != book_.parameter_on({parameter}, now)) return false;
  for (std::uint32_t ruleset = 0; ruleset < book_.rulesets.size(); ++ruleset)
    if (book_.in_force({ruleset}, then) != book_.in_force({ruleset}, now)) return false;
  return true;
}

Result<bool> Again::usable(const RunRecord& run) {
  if (run.as_at != as_at_ || run.known_on > known_on_ || run.read > read_) return false;
  const auto entry = store_.log_entry(run.entry);
  if (!entry) return tl::unexpected(entry.error());
  const auto said = read_packed_body(entry->body);
  if (!said || !said->all_known || !same_editions(run.known_on)) return false;
  base_.run = run;
  base_.said = *said;
  return true;
}

// The last of them. What it shares with another it goes on sharing with that other, so that there is never a chain.
Result<bool> Again::find_base() {
  std::vector<Digest> texts;
  for (const RulesetText& text : texts_of(book_)) texts.push_back(text.digest);
  const auto found =
      store_.last_run([&](const RunRecord& run) { return run.rulesets == texts ? usable(run) : Result<bool>(false); });
  if (!found) return tl::unexpected(found.error());
  if (!*found) return false;
  auto redactions = store_.redactions();
  if (!redactions) return tl::unexpected(redactions.error());
  if (!redactions->empty() && redactions->back().entry >= base_.run.read) return false;
  auto held = store_.extent(base_.run.read);
  if (!held) return tl::unexpected(held.error());
  base_.held = *held;
  auto outline = store_.run_outline(base_.run.number);
  if (!outline) return tl::unexpected(outline.error());
  base_.outline = std::move(*outline);
  return sort_rules();
}

// Does the run hold each rule in force, or say that it left it out?
bool Again::sort_rules() {
  std::set<std::string> left_out(base_.said.left_out.begin(), base_.said.left_out.end());
  std::size_t counted = 0;
  for (const RuleId rule : rules_) {
    const std::string& name = book_.rule(rule).name;
    if (left_out.contains(name)) {
      out_.made.result.left_out.emplace_back(rule, fmt::format("as in run {}", base_.run.number));
      continue;
    }
    if (counted == base_.said.counts.size() || base_.said.counts[counted].rule != name) return false;
    out_.made.result.counts.push_back({rule, base_.said.counts[counted++].fell});
    answered_.push_back(rule);
  }
  return counted == base_.said.counts.size() && answered_.size() + out_.made.result.left_out.size() == rules_.size();
}

Result<bool> Again::find_new() {
  const auto now = store_.extent(read_);
  if (!now) return tl::unexpected(now.error());
  const std::int64_t more = now->subjects - base_.held.subjects;
  if (now->rows - base_.held.rows > static_cast<std::int64_t>(kNewMost) || more > static_cast<std::int64_t>(kNewMost))
    return false;
  const auto touched = store_.touched_after(base_.held.rows);
  if (!touched) return tl::unexpected(touched.error());
  for (const Store::Touched& one : *touched) {
    const auto field = book_.schema.find_field(one.field);
    if (!field) continue;  // of no rule
    fields_.insert(*field);
    subjects_[book_.schema.field(*field).kind].insert(one.subject);
  }
  if (more == 0) return true;
  const auto held = store_.subject_columns({base_.held.subjects + 1, now->subjects});
  if (!held) return tl::unexpected(held.error());
  for (std::size_t i = 0; i < held->kind.size(); ++i) {
    const auto kind = book_.schema.find_kind(held->kinds[held->kind[i]]);
    if (!kind) continue;
    subjects_[*kind].insert(held->first + static_cast<std::uint32_t>(i));
    fields_.insert(book_.schema.kind(*kind).register_field);
    grown_.insert(*kind);
  }
  return true;
}

bool Again::reaches(RuleId rule) const {
  const KindDef& kind = book_.schema.kind(book_.rule(rule).kind);
  if (fields_.contains(kind.register_field)) return true;
  const auto fields = fields_read(book_, rule);
  if (std::ranges::any_of(fields, [&](FieldId field) { return fields_.contains(field); })) return true;
  // Whoever reads others depends on who is in being among them.
  return !reads_itself_alone(book_, rule) && std::ranges::any_of(fields_, [&](FieldId field) {
    return book_.schema.kind(book_.schema.field(field).kind).register_field == field;
  });
}

std::span<const BlockDigest> Again::held(RuleId rule) const { return base_.outline->of_rule(book_.rule(rule).name); }

Result<BlockExtent> Again::extent(const BlockDigest& block) {
  const auto bytes = store_.block_bytes(block);
  if (!bytes) return tl::unexpected(bytes.error());
  if (auto there = extent_of(*bytes)) return std::move(*there);
  return fail(ErrorCode::Corruption, fmt::format("a block of {} is not as it is written", block.rule.text()));
}

// Adds a block as it is now, unless it is as it was recorded. What it was may be at hand.
Result<void> Again::replace(RuleId rule, std::size_t block, std::string bytes, const std::string* was) {
  PackedResult& result = out_.made.result;
  ++result.begun_from->evaluated;
  const auto counts = std::ranges::find(result.counts, rule, &PackedCounts::rule);
  if (const auto before = held(rule); block < before.size()) {
    if (sha256(std::string_view(bytes)) == before[block].recorded) return {};
    Result<std::string> read;
    if (!was) read = store_.block_bytes(before[block]);
    if (!read) return tl::unexpected(read.error());
    if (const auto fell = tally(was ? *was : *read)) counts->fell.add(*fell, -1);
  }
  counts->fell.add(*tally(bytes), 1);
  anew_.insert_or_assign({rule.index, block}, std::move(bytes));
  return {};
}

// False where columns refuse a rule that they answered before.
Result<bool> Again::evaluate_in(const StoredWorld& stored, const std::vector<RuleId>& rules, std::size_t first_block) {
  auto made = compile(book_, asked(), rules, stored.world);
  if (!made) return tl::unexpected(made.error());
  if (!made->refused.empty()) return false;
  evaluate(*made, stored.world, book_.schema);
  for (const Answer& answer : made->answers) {
    const std::uint32_t kind = book_.rule(answer.rule).kind.index;
    std::size_t block = first_block;
    for (std::string& bytes :
         pack({answer, stored.world.frames[kind], stored.subjects[kind], book_, first_block * kBlock},
              made->columns[answer.column]))
      if (auto done = replace(answer.rule, block++, std::move(bytes)); !done) return tl::unexpected(done.error());
  }
  return true;
}

// The block in which a subject stands, or stands now: the last one whose first subject is not after it.
Result<std::size_t> Again::block_of(std::span<const BlockDigest> blocks, std::uint32_t subject) {
  // Where it would be if all stood as close: often it does.
  if (!blocks.empty()) {
    const auto last = extent(blocks.back());
    if (!last) return tl::unexpected(last.error());
    const std::uint64_t stands = std::uint64_t{subject} * blocks.size() / (std::uint64_t{last->subject_high} + 1);
    const std::size_t guess = std::min<std::size_t>(stands, blocks.size() - 1);
    const auto there = extent(blocks[guess]);
    if (!there) return tl::unexpected(there.error());
    if (there->subject_low <= subject && subject <= there->subject_high) return guess;
  }
  std::size_t low = 0, high = blocks.size();  // the answer is low - 1
  while (low < high) {
    const std::size_t middle = low + (high - low) / 2;
    const auto there = extent(blocks[middle]);
    if (!there) return tl::unexpected(there.error());
    if (there->subject_low <= subject)
      low = middle + 1;
    else
      high = middle;
  }
  return low == 0 ? 0 : low - 1;
}

Result<bool> Again::evaluate_alone() {
  std::map<KindId, std::vector<RuleId>> by_kind;
  for (const RuleId rule : alone_) by_kind[book_.rule(rule).kind].push_back(rule);
  for (const auto& [kind, rules] : by_kind) {
    std::map<std::size_t, SubjectRange> blocks;  // and who is touched in each
    for (const std::uint32_t subject : subjects_[kind]) {
      const auto block = block_of(held(rules.front()), subject);
      if (!block) return tl::unexpected(block.error());
      blocks.try_emplace(*block, SubjectRange{subject, subject}).first->second.high = subject;  // they ascend
      if (blocks.size() > kRangesMost) return false;
    }
    for (const auto& [block, touched] : blocks) {
      const auto left = evaluate_few(kind, rules, block, touched);
      if (!left) return tl::unexpected(left.error());
      if (left->empty()) continue;
      const auto done = evaluate_range(kind, *left, block);
      if (!done || !*done) return done;
    }
  }
  return true;
}

// Place of a subject of the block's among all of its kind.
Result<std::size_t> Again::place_of(const BlockExtent& block, std::uint32_t subject) {
  const std::size_t before = subject - block.subject_low;
  if (before == 0 || block.subject_high - block.subject_low + 1 == block.rows) return block.first + before;
  const auto held = store_.subject_columns({block.subject_low, subject - 1});  // others stand between
  if (!held) return tl::unexpected(held.error());
  return block.first + static_cast<std::size_t>(std::ranges::count_if(
                           held->kind, [&](std::uint16_t kind) { return held->kinds[kind] == block.kind; }));
}

// The other rows stand as they are. Gives back the rules of which that cannot be told, whose block is then evaluated
// whole.
Result<std::vector<RuleId>> Again::evaluate_few(KindId kind, const std::vector<RuleId>& rules, std::size_t block,
                                                SubjectRange few) {
  const auto before = held(rules.front());
  if (block >= before.size() || few.high - few.low >= kFew) return rules;
  const auto there = extent(before[block]);
  if (!there) return tl::unexpected(there.error());
  if (few.low < there->subject_low || few.high > there->subject_high) return rules;
  const auto first = place_of(*there, few.low);
  if (!first) return tl::unexpected(first.error());
  const auto stored =
      stored_world(store_, book_.schema, {columns_read(book_, rules, {}), as_at_, known_on_, read_}, {kind, few});
  if (!stored) return tl::unexpected(stored.error());
  auto made = compile(book_, asked(), rules, stored->world);
  if (!made) return tl::unexpected(made.error());
  if (!made->refused.empty()) return rules;
  evaluate(*made, stored->world, book_.schema);
  std::vector<RuleId> left;
  for (const Answer& answer : made->answers) {
    const auto of_rule = held(answer.rule);
    const auto was = block < of_rule.size() ? store_.block_bytes(of_rule[block]) : std::string();
    if (!was) return tl::unexpected(was.error());
    auto now =
        exchange_rows(*was, {answer, stored->world.frames[kind.index], stored->subjects[kind.index], book_, *first},
                      made->columns[answer.column]);
    if (!now) {
      left.push_back(answer.rule);
    } else if (auto done = replace(answer.rule, block, std::move(*now), &*was); !done) {
      return tl::unexpected(done.error());
    }
  }
  return left;
}

Result<bool> Again::evaluate_range(KindId kind, const std::vector<RuleId>& rules, std::size_t block) {
  const auto before = held(rules.front());
  SubjectRange range;
  if (!before.empty()) {
    const auto there = extent(before[block]);
    if (!there) return tl::unexpected(there.error());
    range.low = there->subject_low;
    if (block + 1 < before.size()) range.high = there->subject_high;  // new bodies stand after all others
  }
  auto stored =
      stored_world(store_, book_.schema, {columns_read(book_, rules, {}), as_at_, known_on_, read_}, {kind, range});
  if (!stored) return tl::unexpected(stored.error());
  return evaluate_in(*stored, rules, block);
}

// The outcomes of a rule that is not asked anew, as they stand now.
Result<std::optional<Given>> Again::given(RuleId rule) {
  if (grown_.contains(book_.rule(rule).kind)) return std::nullopt;
  const auto before = held(rule);
  std::vector<std::string> blocks;
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (const auto changed = anew_.find({rule.index, i}); changed != anew_.end()) {
      blocks.push_back(changed->second);
      continue;
    }
    auto bytes = store_.block_bytes(before[i]);
    if (!bytes) return tl::unexpected(bytes.error());
    blocks.push_back(std::move(*bytes));
  }
  return unpack_all(blocks);
}

// Over whole kinds, but not again what is at hand.
Result<bool> Again::evaluate_others() {
  if (others_.empty()) return true;
  std::map<std::uint32_t, Given> at_hand;
  std::vector<RuleId> known;
  for (const RuleId rule : answered_) {
    const bool is_read = std::ranges::any_of(
        others_, [&](RuleId other) { return std::ranges::count(rules_read(book_, other), rule) > 0; });
    if (!is_read || std::ranges::count(others_, rule) > 0) continue;
    auto one = given(rule);
    if (!one) return tl::unexpected(one.error());
    if (!*one) continue;
    at_hand.emplace(rule.index, std::move(**one));
    known.push_back(rule);
  }
  WorldAsked asked_for{columns_read(book_, others_, known), as_at_, known_on_, read_};
  for (const RuleId rule : known) {  // whose outcomes are at hand only where each of its kind is in being
    const KindId kind = book_.rule(rule).kind;
    if (!fields_.contains(book_.schema.kind(kind).register_field)) asked_for.all_in_being.push_back(kind);
  }
  auto stored = stored_world(store_, book_.schema, asked_for);
  if (!stored) return tl::unexpected(stored.error());
  stored->world.given = std::move(at_hand);
  return evaluate_in(*stored, others_, 0);
}

// Blocks in which the run begun from differs from the one that it is based on, unless they differ anew.
Result<void> Again::keep_own() {
  out_.base = base_.said.based_on;
  for (const BlockDigest& block : base_.outline->blocks()) {
    if (block.kept < base_.run.kept_from) continue;
    const auto rule = book_.find_rule(block.rule.text());
    if (rule &&
        anew_.contains({book_.rule_on(*rule, asked()).value_or(*rule).index, static_cast<std::size_t>(block.block)}))
      continue;
    auto bytes = store_.block_bytes(block);
    if (!bytes) return tl::unexpected(bytes.error());
    out_.made.blocks.push_back({block.rule.text(), block.block, std::move(*bytes)});
  }
  return {};
}

Result<bool> Again::make() {
  auto on = find_base();
  if (on && *on) on = find_new();
  if (!on || !*on) return on;
  out_.made.result.begun_from = PackedResult::BegunFrom{base_.run.number, 0, base_.outline->blocks().size()};
  for (const RuleId rule : answered_)
    if (reaches(rule)) (reads_itself_alone(book_, rule) ? alone_ : others_).push_back(rule);
  on = evaluate_alone();
  if (on && *on) on = evaluate_others();
  if (!on || !*on) return on;
  for (auto& [key, bytes] : anew_)
    out_.made.blocks.push_back({book_.rule({key.first}).name, static_cast<std::int64_t>(key.second), std::move(bytes)});
  out_.base = base_.run.number;
  if (base_.said.based_on != 0)
    if (auto done = keep_own(); !done) return tl::unexpected(done.error());
  if (out_.made.blocks.size() > kOwnMost) return false;
  out_.made.result.as_at = as_at_, out_.made.result.known_on = known_on_;
  return true;
}

}  // namespace

Result<std::optional<Rerun>> rerun(Store& store, const Rulebook& rulebook, Date as_at, Date known_on,
                                   std::int64_t read) {
  const auto moment = store.moment();
  if (!moment) return tl::unexpected(moment.error());
  Again again(store, rulebook, as_at, known_on, read);
  const auto made = again.make();
  if (!made) return tl::unexpected(made.error());
  return *made ? std::optional(again.take()) : std::nullopt;
}

}  // namespace assay
