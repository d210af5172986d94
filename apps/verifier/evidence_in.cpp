// Leaf by leaf, as docs/formats/trail.md says what one holds.
#include "apps/verifier/evidence_in.h"

#include <fmt/format.h>

#include "apps/verifier/checks.h"

namespace assay::verifier {

namespace {

using Refused = tl::unexpected<Unreadable>;

class RowReader {
 public:
  RowReader(const Schema& schema, Date known_on) : schema_(schema), builder_(schema, known_on) {
    batch_ = builder_.batch({});
  }
  tl::expected<void, Unreadable> add(const Row& row);
  Snapshot seal() { return std::move(builder_).seal(); }

 private:
  std::optional<SubjectId> subject(std::string_view name, KindId of);
  tl::expected<void, Unreadable> dates(const Row& row, Observation& made) const;
  tl::expected<Value, Unreadable> value(const Row& row, const FieldDef& field) const;

  const Schema& schema_;
  SnapshotBuilder builder_;
  BatchId batch_;
};

Refused unlike(const Row& row, std::string_view what) {
  return Refused({fmt::format("row {} {}", row.get("row"), what), false});
}

std::optional<SubjectId> RowReader::subject(std::string_view text, KindId of) {
  const auto name = split_subject(text);
  if (!name || schema_.find_kind(name->kind) != of) return std::nullopt;
  const KindDef& kind = schema_.kind(of);
  if (!kind.relation) return builder_.subject(of, name->code);
  const auto mark = name->code.find('>');
  if (mark == std::string::npos) return std::nullopt;
  const SubjectId from = builder_.subject(kind.from, name->code.substr(0, mark));
  return builder_.link(of, from, builder_.subject(kind.to, name->code.substr(mark + 1)));
}

tl::expected<void, Unreadable> RowReader::dates(const Row& row, Observation& made) const {
  const auto from = read_date_as_written(row.get("valid_from"));
  const auto recorded = Date::parse(row.get("recorded_on"));
  if (!from || !recorded) return unlike(row, "does not say from when it is, or when it was recorded");
  made.valid_from = from->first;
  made.from_known_to = from->known_to;
  made.recorded_on = *recorded;
  if (row.get("valid_to").empty()) return {};
  const auto to = read_date_as_written(row.get("valid_to"));
  if (!to || to->last() < made.valid_from) return unlike(row, "does not say until when it is");
  made.valid_to = to->last();
  made.to_known_to = to->known_to;
  return {};
}

tl::expected<Value, Unreadable> RowReader::value(const Row& row, const FieldDef& field) const {
  const std::string& said = row.get("value");
  if (field.type.kind == TypeKind::Text) {
    if (row.text) return Value(row.text->text);
    return Refused({fmt::format("the text of row {} is not in the packet, only its digest", row.get("row")), true});
  }
  if (field.type.kind == TypeKind::Date) {
    const auto date = read_date_as_written(said);
    if (!date) return unlike(row, fmt::format("says `{}`, which is no date", said));
    return date->exact() ? Value(date->first) : Value(*date);
  }
  auto read = parse_value(said, field.type);
  if (!read) return unlike(row, fmt::format("says `{}`, which the rules do not take for `{}`", said, field.name));
  return std::move(*read);
}

tl::expected<void, Unreadable> RowReader::add(const Row& row) {
  const auto field = schema_.find_field(row.get("field"));
  if (!field || schema_.field(*field).name != row.get("field"))
    return unlike(row, fmt::format("is of `{}`, of which the rules say nothing", row.get("field")));
  const FieldDef& def = schema_.field(*field);
  const auto who = subject(row.get("subject"), def.kind);
  if (!who) return unlike(row, fmt::format("is of `{}`, which has no `{}`", row.get("subject"), def.name));
  const auto number = number_in(row.get("row"));
  if (!number) return unlike(row, "has no number");
  Observation made;
  made.row = static_cast<std::int64_t>(*number);
  made.field = *field;
  made.subject = *who;
  if (const std::string& standing = row.get("standing"); !standing.empty()) {
    const auto is = number_in(standing);
    if (!is || *is == 0 || *is > static_cast<std::uint64_t>(Standing::Ended))
      return unlike(row, fmt::format("has `{}` where a standing is wanted", standing));
    made.standing = static_cast<Standing>(*is);
  }
  if (auto read = dates(row, made); !read) return read;
  const bool has_value = made.standing == Standing::Held || !row.get("value").empty();
  if (has_value && made.standing != Standing::Redacted) {
    auto held = value(row, def);
    if (!held) return Refused(held.error());
    made.value = std::move(*held);
  }
  made.source = builder_.source(row.get("source"));
  made.batch = batch_;
  if (const std::string& supersedes = row.get("supersedes"); !supersedes.empty()) {
    const auto other = number_in(supersedes);
    if (!other) return unlike(row, "does not say which row it corrects");
    made.supersedes = static_cast<std::int64_t>(*other);
  }
  builder_.add(std::move(made));
  return {};
}

}  // namespace

tl::expected<Snapshot, Unreadable> evidence_in(const Packet& packet, const Schema& schema, Date known_on) {
  RowReader reader(schema, known_on);
  for (const Row& row : packet.rows)
    if (auto added = reader.add(row); !added) return Refused(added.error());
  return reader.seal();
}

}  // namespace assay::verifier
