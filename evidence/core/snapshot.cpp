// Looking up in a sealed snapshot: all is sorted, so every question is a binary search.
#include "evidence/core/snapshot.h"

#include <algorithm>
#include <utility>

#include "evidence/core/check.h"

namespace assay {

std::string_view to_string(Standing standing) {
  switch (standing) {
    case Standing::Held:
      return "held";
    case Standing::NotAvailable:
      return "not available";
    case Standing::Suppressed:
      return "suppressed";
    case Standing::NotApplicable:
      return "not applicable";
    case Standing::Complete:
      return "complete";
    case Standing::Withdrawn:
      return "withdrawn";
    case Standing::Redacted:
      return "redacted";
    case Standing::MindedTo:
      return "minded to";
    case Standing::Ended:
      return "ended";
  }
  return "";
}

std::span<const SubjectId> Snapshot::of_kind(KindId kind) const {
  CHECK(kind.index + 1 < kind_begin_.size());
  const std::uint32_t begin = kind_begin_[kind.index];
  return std::span(by_kind_).subspan(begin, kind_begin_[kind.index + 1] - begin);
}

std::optional<SubjectId> Snapshot::find(KindId kind, std::string_view code) const {
  const auto members = of_kind(kind);
  const auto at =
      std::partition_point(members.begin(), members.end(), [&](SubjectId id) { return subject(id).code < code; });
  if (at == members.end() || subject(*at).code != code) return std::nullopt;
  return *at;
}

namespace {

// The run of links, sorted by (relation, end, other end), that have this relation and this end.
template <class End>
std::span<const SubjectId> links_at(std::span<const SubjectId> links, std::pair<KindId, SubjectId> wanted, End end) {
  const auto begin = std::partition_point(links.begin(), links.end(), [&](SubjectId id) { return end(id) < wanted; });
  const auto past = std::partition_point(begin, links.end(), [&](SubjectId id) { return end(id) == wanted; });
  return {begin, past};
}

}  // namespace

std::span<const SubjectId> Snapshot::links_from(KindId relation, SubjectId from) const {
  return links_at(links_from_, {relation, from},
                  [&](SubjectId id) { return std::pair(subject(id).kind, *subject(id).from); });
}

std::span<const SubjectId> Snapshot::links_to(KindId relation, SubjectId to) const {
  return links_at(links_to_, {relation, to},
                  [&](SubjectId id) { return std::pair(subject(id).kind, *subject(id).to); });
}

std::span<const Observation> Snapshot::rows(FieldId field, SubjectId subject) const {
  CHECK(field.index + 1 < field_begin_.size());
  if (cells_read_) cells_read_->insert({field, subject});
  const std::uint32_t first = field_begin_[field.index];
  const auto of_field = std::span(rows_).subspan(first, field_begin_[field.index + 1] - first);
  const auto begin = std::partition_point(of_field.begin(), of_field.end(),
                                          [&](const Observation& row) { return row.subject < subject; });
  // A cell has few rows, one after the other: walking them is less than searching their end.
  const auto past = std::find_if(begin, of_field.end(), [&](const Observation& row) { return row.subject != subject; });
  return {begin, past};
}

std::optional<SourceId> Snapshot::find_source(std::string_view name) const {
  for (std::size_t i = 0; i < sources_.size(); ++i) {
    if (sources_[i] == name) return SourceId{static_cast<std::uint32_t>(i)};
  }
  return std::nullopt;
}

}  // namespace assay
