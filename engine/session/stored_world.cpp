// Kinds and links first, then the fields, shared out between two threads.
#include "engine/session/stored_world.h"

#include <algorithm>
#include <atomic>
#include <limits>
#include <map>
#include <thread>

#include "engine/columns/apart.h"
#include "engine/session/stored_field.h"
#include "evidence/core/check.h"

namespace assay {

namespace {

using namespace columns;

struct Rows {
  RowsOf of;
  std::vector<std::vector<std::uint32_t>> subjects;  // by kind
};

// `only`: no other kind has rows.
Rows rows_of(const Schema& schema, const SubjectColumns& held, std::optional<KindId> only, std::uint32_t last) {
  Rows rows;
  rows.of.first = held.first;
  const std::size_t count = std::min<std::size_t>(held.kind.size(), std::size_t{last} + 1 - held.first);
  rows.of.row.assign(count, 0);
  rows.of.only = {std::max(held.first, std::uint32_t{1}), held.first + static_cast<std::uint32_t>(count) - 1};
  rows.subjects.resize(schema.kinds().size());
  std::vector<std::optional<KindId>> kinds;
  for (const std::string& name : held.kinds) kinds.push_back(schema.find_kind(name));
  const std::size_t begin = held.first == 0 ? 1 : 0;
  std::vector<std::size_t> times(held.kinds.size());
  for (std::size_t i = begin; i < count; ++i) ++times[held.kind[i]];
  // Where those of each kind go; nothing for the kinds left out.
  std::vector<std::vector<std::uint32_t>*> of_kind(held.kinds.size());
  for (std::size_t kind = 0; kind < kinds.size(); ++kind) {
    if (!kinds[kind] || (only && *kinds[kind] != *only)) continue;
    of_kind[kind] = &rows.subjects[kinds[kind]->index];
    of_kind[kind]->reserve(times[kind]);
  }
  for (std::size_t i = begin; i < count; ++i) {
    auto* const those = of_kind[held.kind[i]];
    if (!those) continue;
    rows.of.row[i] = static_cast<std::uint32_t>(those->size());
    those->push_back(held.first + static_cast<std::uint32_t>(i));
  }
  return rows;
}

// A register holds a text, so one that is known has a state of 0.
std::vector<std::uint8_t> in_being(const Column& names) {
  std::vector<std::uint8_t> out;
  for (const State state : std::get<NumberColumn>(names).state) out.push_back(state == 0 ? 1 : 0);
  return out;
}

// One store's fields, read by two threads.
class Reading {
 public:
  Reading(Store& store, const Schema& schema, const WorldAsked& asked, std::optional<SomeOf> some)
      : store_(store), schema_(schema), asked_(asked), some_(some) {}
  Result<StoredWorld> read();

 private:
  Result<void> open();
  void choose_fields();
  FieldAsked field_asked(std::size_t i) const;
  void read_some();
  Result<void> complete();
  Frame frame(KindId kind);
  bool all_in_being(KindId kind) const { return std::ranges::count(asked_.all_in_being, kind) > 0; }

  Store& store_;
  const Schema& schema_;
  const WorldAsked& asked_;
  std::optional<SomeOf> some_;
  Store::Extent extent_;
  std::optional<Segments> segments_;
  std::vector<std::int64_t> superseded_;
  SubjectColumns held_;
  StoredWords words_;
  Rows rows_;
  std::vector<FieldId> wanted_;
  std::vector<std::optional<StoredField>> waiting_;  // for the store
  std::vector<Result<void>> done_;
  std::vector<std::optional<Column>> made_;
  std::atomic<std::size_t> next_{0};
};

Result<void> Reading::open() {
  auto segments = store_.segments();
  if (!segments) return tl::unexpected(segments.error());
  segments_ = std::move(*segments);
  auto corrections = segments_->corrections();
  if (!corrections) return tl::unexpected(corrections.error());
  for (const Segments::Correction& one : *corrections) superseded_.push_back(one.supersedes);
  std::ranges::sort(superseded_);
  extent_ = {segments_->rows(), std::numeric_limits<std::uint32_t>::max() - 1, {}};
  if (asked_.before_entry) {
    auto extent = store_.extent(asked_.before_entry);
    if (!extent) return tl::unexpected(extent.error());
    extent_ = *extent;
  }
  auto held = store_.subject_columns(some_ ? some_->range : SubjectRange());
  if (!held) return tl::unexpected(held.error());
  held_ = std::move(*held);
  auto words = store_.stored_words();
  if (!words) return tl::unexpected(words.error());
  words_ = std::move(*words);
  rows_ = rows_of(schema_, held_, some_ ? std::optional(some_->kind) : std::nullopt, extent_.subjects);
  return {};
}

void Reading::choose_fields() {
  wanted_ = asked_.fields;
  for (std::uint32_t kind = 0; kind < schema_.kinds().size(); ++kind)
    if (!all_in_being({kind})) wanted_.push_back(schema_.kind({kind}).register_field);
  if (some_) std::erase_if(wanted_, [&](FieldId field) { return schema_.field(field).kind != some_->kind; });
  std::sort(wanted_.begin(), wanted_.end());
  wanted_.erase(std::unique(wanted_.begin(), wanted_.end()), wanted_.end());
  waiting_.resize(wanted_.size());
  done_.resize(wanted_.size());
  made_.resize(wanted_.size());
}

FieldAsked Reading::field_asked(std::size_t i) const {
  const FieldId field = wanted_[i];
  return {schema_,
          field,
          *segments_,
          words_,
          rows_.of,
          rows_.subjects[schema_.field(field).kind.index].size(),
          superseded_,
          asked_.as_at,
          asked_.known_on,
          extent_.rows,
          asked_.before_entry};
}

void Reading::read_some() {
  FieldRoom room;
  for (std::size_t i = next_++; i < wanted_.size(); i = next_++) {
    StoredField field(field_asked(i), std::move(room));
    room = {};
    done_[i] = field.read();
    if (!done_[i]) continue;
    if (field.needs_store()) {
      waiting_[i].emplace(std::move(field));
      continue;
    }
    made_[i] = field.column();
    room = field.room();
  }
}

Result<void> Reading::complete() {
  for (std::size_t i = 0; i < wanted_.size(); ++i) {
    if (!done_[i]) return done_[i];
    if (!waiting_[i]) continue;
    auto done = waiting_[i]->complete(store_, rows_.subjects[schema_.field(wanted_[i]).kind.index]);
    if (!done) return done;
    made_[i] = waiting_[i]->column();
    waiting_[i].reset();
  }
  return {};
}

Frame Reading::frame(KindId kind) {
  Frame frame;
  frame.rows = rows_.subjects[kind.index].size();
  if (some_ && kind != some_->kind) return frame;
  const KindDef& def = schema_.kind(kind);
  if (all_in_being(kind)) {
    frame.in_being.assign(frame.rows, 1);
  } else {
    const auto at = std::ranges::lower_bound(wanted_, def.register_field) - wanted_.begin();
    frame.in_being = in_being(*made_[static_cast<std::size_t>(at)]);
  }
  if (!def.relation || some_) return frame;
  for (const std::uint32_t link : rows_.subjects[kind.index]) {
    frame.from.push_back(rows_.of.row[held_.from_of(link)]);
    frame.to.push_back(rows_.of.row[held_.to_of(link)]);
  }
  return frame;
}

Result<StoredWorld> Reading::read() {
  if (auto done = open(); !done) return tl::unexpected(done.error());
  choose_fields();
  if (some_) {
    read_some();
  } else {
    std::jthread other([this, from = Apart()] {
      from.move();
      read_some();
    });
    read_some();
  }
  if (auto done = complete(); !done) return tl::unexpected(done.error());
  StoredWorld out;
  out.world.as_at = asked_.as_at;
  for (std::uint32_t kind = 0; kind < schema_.kinds().size(); ++kind) out.world.frames.push_back(frame({kind}));
  const auto read = std::make_shared<std::map<FieldId, Column>>();
  for (std::size_t i = 0; i < wanted_.size(); ++i) read->emplace(wanted_[i], std::move(*made_[i]));
  out.world.field = [read](FieldId field) -> Result<Column> {
    const auto found = read->find(field);
    CHECK(found != read->end());
    return std::move(found->second);
  };
  out.subjects = std::move(rows_.subjects);
  out.notes = segments_->notes();
  return out;
}

}  // namespace

Result<StoredWorld> stored_world(Store& store, const Schema& schema, const WorldAsked& asked) {
  return Reading(store, schema, asked, std::nullopt).read();
}

Result<StoredWorld> stored_world(Store& store, const Schema& schema, const WorldAsked& asked, const SomeOf& some) {
  return Reading(store, schema, asked, some).read();
}

}  // namespace assay
