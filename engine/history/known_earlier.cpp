// The rows again, through a builder of the earlier date.
#include "engine/history/known_earlier.h"

#include <map>

#include "evidence/core/check.h"

namespace assay {

Snapshot known_earlier(const Snapshot& snapshot, Date known_on, const std::vector<bool>& fields) {
  CHECK(known_on <= snapshot.known_on());
  SnapshotBuilder builder(snapshot.schema(), known_on);
  std::vector<bool> wanted = fields;
  for (const KindDef& kind : snapshot.schema().kinds()) wanted[kind.register_field.index] = true;
  std::vector<SubjectId> handles(snapshot.subjects().size());
  for (std::size_t i = 0; i < handles.size(); ++i) {
    const Subject& subject = snapshot.subjects()[i];
    if (!subject.from) handles[i] = builder.subject(subject.kind, subject.code);
  }
  for (std::size_t i = 0; i < handles.size(); ++i) {
    const Subject& link = snapshot.subjects()[i];
    if (link.from) handles[i] = builder.link(link.kind, handles[link.from->index], handles[link.to->index]);
  }
  std::map<std::uint32_t, BatchId> batches;
  for (const Observation& row : snapshot.all_rows()) {
    if (!wanted[row.field.index] || row.recorded_on > known_on) continue;
    Observation again = row;
    again.subject = handles[row.subject.index];
    again.source = builder.source(snapshot.source_name(row.source));
    const auto known = batches.find(row.batch.index);
    again.batch = known != batches.end() ? known->second : builder.batch(snapshot.batch(row.batch));
    batches.emplace(row.batch.index, again.batch);
    builder.add(std::move(again));
  }
  return std::move(builder).seal();
}

}  // namespace assay
