// What rules can be asked of is read by the packet's own reader; document, page, digest and who recorded it are put
// beside.
#include "apps/verifier/accept/packet_evidence.h"

#include "apps/verifier/evidence_in.h"
#include "apps/verifier/redacted_row.h"
#include "apps/verifier/tree.h"

namespace assay::verifier {

tl::expected<Snapshot, std::string> packet_evidence(const Packet& packet, const Schema& schema, Date known_on) {
  const auto read = evidence_in(packet, schema, known_on);
  if (!read) return tl::unexpected(read.error().sentence);
  std::map<std::string, const Row*> by_number;
  for (const Row& row : packet.rows) by_number.emplace(row.get("row"), &row);
  const auto redactions = redacted_rows(packet);
  SnapshotBuilder builder(schema, known_on);
  const auto subject = [&](const auto& self, SubjectId id) -> SubjectId {
    const Subject& who = read->subject(id);
    if (!who.from || !who.to) return builder.subject(who.kind, who.code);
    const SubjectId from = self(self, *who.from);
    return builder.link(who.kind, from, self(self, *who.to));
  };
  for (Observation row : read->all_rows()) {
    const Row& said = *by_number.at(std::to_string(row.row));
    const Entry* entry = packet.entry(said.entry);
    Batch batch;
    batch.number = static_cast<std::int64_t>(said.entry);
    if (entry != nullptr) batch.recorded_by = entry->get("recorded_by");
    const auto redacted = redactions.find(static_cast<std::uint64_t>(row.row));
    row.digest = redacted != redactions.end() ? redacted->second.recorded : leaf_hash(said.leaf);
    row.document = said.get("document");
    row.place = said.get("place");
    row.source = builder.source(read->source_name(row.source));
    row.subject = subject(subject, row.subject);
    row.batch = builder.batch(std::move(batch));
    row.superseded = false;
    builder.add(std::move(row));
  }
  return std::move(builder).seal();
}

}  // namespace assay::verifier
