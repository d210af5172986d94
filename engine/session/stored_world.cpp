// Kinds and links first, then the fields, shared out between two threads.
#include "engine/session/stored_world.h"

#include <algorithm>
#include <atomic>
#include <map>
#include <thread>

#include "engine/session/stored_field.h"
#include "evidence/core/check.h"

namespace assay {

namespace {

using namespace columns;

struct Rows {
  std::vector<std::uint32_t> of;  // by the store's number: the row among those of its kind
  std::vector<std::vector<std::uint32_t>> subjects;
};

Rows rows_of(const Schema& schema, const SubjectColumns& held) {
  Rows rows;
  rows.of.assign(held.kind.size(), 0);
  rows.subjects.resize(schema.kinds().size());
  std::vector<std::optional<KindId>> kinds;
  for (const std::string& name : held.kinds) kinds.push_back(schema.find_kind(name));
  for (std::uint32_t number = 1; number < held.kind.size(); ++number) {
    const auto kind = kinds[held.kind[number]];
    if (!kind) continue;
    auto& of_kind = rows.subjects[kind->index];
    rows.of[number] = static_cast<std::uint32_t>(of_kind.size());
    of_kind.push_back(number);
  }
  return rows;
}

// A register holds a text, so one that is known has a state of 0.
std::vector<std::uint8_t> in_being(const Column& names) {
  std::vector<std::uint8_t> out;
  for (const State state : std::get<NumberColumn>(names).state) out.push_back(state == 0 ? 1 : 0);
  return out;
}

}  // namespace

Result<StoredWorld> stored_world(Store& store, const Schema& schema, const std::vector<FieldId>& fields, Date as_at,
                                 Date known_on) {
  auto segments = store.segments();
  if (!segments) return tl::unexpected(segments.error());
  auto held = store.subject_columns();
  if (!held) return tl::unexpected(held.error());
  auto words = store.stored_words();
  if (!words) return tl::unexpected(words.error());
  Rows rows = rows_of(schema, *held);

  std::vector<FieldId> wanted = fields;
  for (const KindDef& kind : schema.kinds()) wanted.push_back(kind.register_field);
  std::sort(wanted.begin(), wanted.end());
  wanted.erase(std::unique(wanted.begin(), wanted.end()), wanted.end());
  std::vector<StoredField> reading;
  for (const FieldId field : wanted) {
    const std::size_t count = rows.subjects[schema.field(field).kind.index].size();
    reading.emplace_back(FieldAsked{schema, field, *segments, *words, rows.of, count, as_at, known_on});
  }
  std::vector<Result<void>> done(wanted.size());
  std::vector<std::optional<Column>> made(wanted.size());
  std::atomic<std::size_t> next{0};
  const auto read_some = [&] {
    for (std::size_t i = next++; i < reading.size(); i = next++) {
      done[i] = reading[i].read();
      if (done[i] && !reading[i].needs_store()) made[i] = reading[i].column();
    }
  };
  {
    std::jthread other(read_some);
    read_some();
  }
  const auto read = std::make_shared<std::map<FieldId, Column>>();
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (done[i] && !made[i]) {
      done[i] = reading[i].complete(store, rows.subjects[schema.field(wanted[i]).kind.index]);
      if (done[i]) made[i] = reading[i].column();
    }
    if (!done[i]) return tl::unexpected(done[i].error());
    read->emplace(wanted[i], std::move(*made[i]));
  }
  StoredWorld out;
  out.world.as_at = as_at;
  for (std::uint32_t kind = 0; kind < schema.kinds().size(); ++kind) {
    const KindDef& def = schema.kind({kind});
    Frame frame;
    frame.rows = rows.subjects[kind].size();
    frame.in_being = in_being(read->at(def.register_field));
    if (def.relation) {
      for (const std::uint32_t link : rows.subjects[kind]) {
        frame.from.push_back(rows.of[held->from[link]]);
        frame.to.push_back(rows.of[held->to[link]]);
      }
    }
    out.world.frames.push_back(std::move(frame));
  }
  out.world.field = [read](FieldId field) -> Result<Column> {
    const auto found = read->find(field);
    CHECK(found != read->end());
    return std::move(found->second);
  };
  out.subjects = std::move(rows.subjects);
  out.notes = segments->notes();
  return out;
}

}  // namespace assay
