// Gathers a snapshot anew: the same subjects, and of the rows those that are kept.
#include "evidence/core/altered.h"

#include <map>

namespace assay {

namespace {

// Sources and batches of one snapshot in another, each carried over when a row first names it.
class Carried {
 public:
  Carried(const Snapshot& from, SnapshotBuilder& to) : from_(from), to_(to) {}

  SourceId source(SourceId old) {
    const auto [known, fresh] = sources_.try_emplace(old.index);
    if (fresh) known->second = to_.source(from_.source_name(old));
    return known->second;
  }
  BatchId batch(BatchId old) {
    const auto [known, fresh] = batches_.try_emplace(old.index);
    if (fresh) known->second = to_.batch(from_.batch(old));
    return known->second;
  }

 private:
  const Snapshot& from_;
  SnapshotBuilder& to_;
  std::map<std::uint32_t, SourceId> sources_;
  std::map<std::uint32_t, BatchId> batches_;
};

}  // namespace

Snapshot altered(const Snapshot& snapshot, const Alteration& alteration) {
  SnapshotBuilder builder(snapshot.schema(), snapshot.known_on());
  std::vector<SubjectId> handles(snapshot.subjects().size());
  for (const bool links : {false, true})
    for (std::uint32_t i = 0; i < handles.size(); ++i) {
      const Subject& subject = snapshot.subjects()[i];
      if (subject.from.has_value() != links) continue;
      handles[i] = links ? builder.link(subject.kind, handles[subject.from->index], handles[subject.to->index])
                         : builder.subject(subject.kind, subject.code);
    }
  Carried carried(snapshot, builder);
  for (const Observation& old : snapshot.all_rows()) {
    Observation row = old;
    if (alteration.keep && !alteration.keep(row)) continue;
    row.subject = handles[old.subject.index];
    row.field = old.field;
    row.source = carried.source(old.source);
    row.batch = carried.batch(old.batch);
    builder.add(std::move(row));
  }
  if (alteration.added.empty()) return std::move(builder).seal();
  const BatchId batch = builder.batch({});
  for (const AddedRow& each : alteration.added) {
    Observation row = each.row;
    row.subject = handles[each.row.subject.index];
    row.source = builder.source(each.source);
    row.batch = batch;
    builder.add(std::move(row));
  }
  return std::move(builder).seal();
}

}  // namespace assay
