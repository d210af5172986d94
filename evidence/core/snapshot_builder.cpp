// Gathers what is known and seals it: everything into its one order, whatever order it came in.
#include <algorithm>
#include <numeric>
#include <tuple>
#include <utility>

#include "evidence/core/check.h"
#include "evidence/core/snapshot.h"

namespace assay {

SnapshotBuilder::SnapshotBuilder(const Schema& schema, Date known_on) : subject_index_(schema.kinds().size()) {
  made_.schema_ = &schema;
  made_.known_on_ = known_on;
}

SubjectId SnapshotBuilder::subject(KindId kind, std::string_view code) {
  CHECK(kind.index < subject_index_.size());
  auto& index = subject_index_[kind.index];
  if (const auto known = index.find(code); known != index.end()) return known->second;
  const SubjectId id{static_cast<std::uint32_t>(made_.subjects_.size())};
  index.emplace(code, id);
  made_.subjects_.push_back({.kind = kind, .code = std::string(code)});
  return id;
}

SubjectId SnapshotBuilder::link(KindId relation, SubjectId from, SubjectId to) {
  CHECK(relation.index < subject_index_.size() && made_.schema_->kind(relation).relation);
  CHECK(from.index < made_.subjects_.size() && to.index < made_.subjects_.size());
  const SubjectId id = subject(relation, link_code(made_.subject(from).code, made_.subject(to).code));
  Subject& link = made_.subjects_[id.index];
  link.from = from;
  link.to = to;
  return id;
}

SourceId SnapshotBuilder::source(std::string_view name) {
  if (const auto known = source_index_.find(name); known != source_index_.end()) return known->second;
  const SourceId id{static_cast<std::uint32_t>(made_.sources_.size())};
  source_index_.emplace(name, id);
  made_.sources_.emplace_back(name);
  return id;
}

BatchId SnapshotBuilder::batch(Batch batch) {
  made_.batches_.push_back(std::move(batch));
  return BatchId{static_cast<std::uint32_t>(made_.batches_.size() - 1)};
}

void SnapshotBuilder::add(Observation row) {
  if (row.recorded_on > made_.known_on_) return;
  CHECK(row.field.index < made_.schema_->fields().size());
  CHECK(row.subject.index < made_.subjects_.size());
  CHECK(row.source.index < made_.sources_.size());
  made_.rows_.push_back(std::move(row));
}

// ---- sealing

Snapshot SnapshotBuilder::seal() && {
  order_subjects();
  order_links();
  mark_superseded();
  order_rows();
  return std::move(made_);
}

void SnapshotBuilder::order_subjects() {
  std::vector<Subject>& subjects = made_.subjects_;
  made_.by_kind_.resize(subjects.size());
  for (std::size_t i = 0; i < subjects.size(); ++i) made_.by_kind_[i].index = static_cast<std::uint32_t>(i);
  std::sort(made_.by_kind_.begin(), made_.by_kind_.end(), [&](SubjectId a, SubjectId b) {
    return std::tie(subjects[a.index].kind, subjects[a.index].code) <
           std::tie(subjects[b.index].kind, subjects[b.index].code);
  });

  std::vector<SubjectId> renamed(subjects.size());
  std::vector<Subject> ordered;
  ordered.reserve(subjects.size());
  for (SubjectId& id : made_.by_kind_) {
    const SubjectId place{static_cast<std::uint32_t>(ordered.size())};
    renamed[id.index] = place;
    ordered.push_back(std::move(subjects[id.index]));
    id = place;
  }
  for (Subject& subject : ordered) {
    if (subject.from) subject.from = renamed[subject.from->index];
    if (subject.to) subject.to = renamed[subject.to->index];
  }
  for (Observation& row : made_.rows_) row.subject = renamed[row.subject.index];
  subjects = std::move(ordered);

  made_.kind_begin_.assign(made_.schema_->kinds().size() + 1, 0);
  for (const Subject& subject : subjects) ++made_.kind_begin_[subject.kind.index + 1];
  std::partial_sum(made_.kind_begin_.begin(), made_.kind_begin_.end(), made_.kind_begin_.begin());
}

void SnapshotBuilder::order_links() {
  for (const SubjectId id : made_.by_kind_) {
    if (made_.subject(id).from && made_.subject(id).to) made_.links_from_.push_back(id);
  }
  made_.links_to_ = made_.links_from_;
  const auto by_from = [this](SubjectId id) {
    const Subject& link = made_.subject(id);
    return std::tuple(link.kind, *link.from, *link.to);
  };
  const auto by_to = [this](SubjectId id) {
    const Subject& link = made_.subject(id);
    return std::tuple(link.kind, *link.to, *link.from);
  };
  std::sort(made_.links_from_.begin(), made_.links_from_.end(),
            [&](SubjectId a, SubjectId b) { return by_from(a) < by_from(b); });
  std::sort(made_.links_to_.begin(), made_.links_to_.end(),
            [&](SubjectId a, SubjectId b) { return by_to(a) < by_to(b); });
}

void SnapshotBuilder::mark_superseded() {
  std::vector<std::int64_t> replaced;
  for (const Observation& row : made_.rows_) {
    if (row.supersedes != 0) replaced.push_back(row.supersedes);
  }
  std::sort(replaced.begin(), replaced.end());
  for (Observation& row : made_.rows_) {
    row.superseded = row.row != 0 && std::binary_search(replaced.begin(), replaced.end(), row.row);
  }
}

void SnapshotBuilder::order_rows() {
  std::vector<Observation>& rows = made_.rows_;
  const auto key = [](const Observation& row) {
    return std::tie(row.field, row.subject, row.valid_from, row.recorded_on, row.row);
  };
  // Rows are large: sort their places, then move each row once. Rows with one key stay as they came.
  std::vector<std::uint32_t> places(rows.size());
  std::iota(places.begin(), places.end(), 0U);
  if (!std::is_sorted(rows.begin(), rows.end(), [&](const auto& a, const auto& b) { return key(a) < key(b); })) {
    std::stable_sort(places.begin(), places.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return key(rows[a]) < key(rows[b]); });
    std::vector<Observation> ordered;
    ordered.reserve(rows.size());
    for (const std::uint32_t place : places) ordered.push_back(std::move(rows[place]));
    rows = std::move(ordered);
  }
  made_.field_begin_.assign(made_.schema_->fields().size() + 1, 0);
  for (const Observation& row : rows) ++made_.field_begin_[row.field.index + 1];
  std::partial_sum(made_.field_begin_.begin(), made_.field_begin_.end(), made_.field_begin_.begin());
}

}  // namespace assay
