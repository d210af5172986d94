// The evidence store: one SQLite file, append-only, with the audit trail in it. Nothing is updated or deleted; a
// correction or a withdrawal is a new row. Every act (a file, a decision, a run) is one transaction and one entry of
// the trail, so a store holds all of it or nothing. Layout of the file: docs/formats/store.md. Knows no rule.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/core/digest.h"
#include "evidence/core/result.h"
#include "evidence/core/shared_text.h"
#include "evidence/core/snapshot.h"
#include "evidence/import/catalogue.h"
#include "evidence/import/mapping.h"
#include "evidence/import/typed_row.h"
#include "evidence/store/redaction.h"
#include "evidence/store/segments.h"

namespace assay {

class RunOutline;

enum class Access { Read, Write };

// An entry of the trail as stored.
struct LogEntry {
  std::int64_t number = 0;  // from 0
  std::string body;         // canonical JSON; {"entry":"batch"|"run"|"proposal"|"approval"|"mapping"|"key"|...}
  Digest leaf;
};
struct LogHead {
  std::int64_t size = 0;
  Digest root;
};

// Why data about persons is kept, and the day by which it is to be destroyed.
struct PersonalData {
  std::string purpose;
  Date destroy_on;
};
// A batch that holds such data, as its entry says.
struct PersonalHolding {
  std::int64_t entry = 0;
  std::string file, recorded_by, imported_at;
  PersonalData said;
};

// What a batch says of itself when it begins.
struct BatchInfo {
  std::string file;  // or "record"
  std::optional<Digest> file_digest;
  std::string layout;
  std::string recorded_by;
  std::string imported_at;  // UTC moment, RFC 3339; apps read the clock
  std::optional<PersonalData> personal = {};
  std::vector<std::string> published = {};  // columns said to hold published addresses and names of bodies
  std::uint64_t bytes = 0;  // of the file, about; 0 for single rows: how it is best written, not recorded
};

// A ruleset text used by a run.
struct RulesetText {
  Digest digest;  // of the text
  std::string name, edition, file, text;
};

// What a person said of the exact text of a ruleset: that it is proposed, or, a second person, that it is approved.
struct RulesetAct {
  enum class Kind { Proposal, Approval };
  Kind kind = Kind::Proposal;
  std::int64_t entry = 0;  // in the trail
  std::string ruleset, edition;
  // Of every file of the ruleset. The text itself is given with a proposal, which keeps it; read back it is empty.
  std::vector<RulesetText> texts;
  std::string by, because;
  Date on;                    // the day from which it counts as known
  std::string recorded_at;    // UTC moment, RFC 3339
  std::int64_t proposal = 0;  // of an approval: the entry of what it approves
};

// What the columns of a council's own list mean, as somebody kept it.
struct KeptMapping {
  Mapping mapping;
  std::string file;  // from which it was taken
  std::string by;
  std::string recorded_at;  // UTC moment, RFC 3339
  std::int64_t entry = 0;   // in the trail
};

// A key that signs checkpoints of the trail from its entry on (docs/formats/trail.md).
struct KeyAct {
  std::string key;       // as PublicKey::to_string writes it
  std::string replaces;  // the key before; nothing of the first
  std::string handover;  // the key before signs that this one follows, in base64; nothing where it was lost
  std::string by, because;
  std::string recorded_at;  // UTC moment, RFC 3339
  std::int64_t entry = 0;   // in the trail
};
// What the key before signs.
std::string handover_text(std::string_view replaces, std::string_view key);

// A packet that was made for somebody to take away (docs/formats/packet.md).
struct SentPacket {
  std::string rule, subject;
  std::int64_t run = 0;
  Digest content;
  std::string rows, entries;  // numbers of those in it: "3,7-12"
  std::string to, by;
  std::string recorded_at;  // UTC moment, RFC 3339
  std::int64_t entry = 0;   // in the trail
};

// A text or note as kept, with what is needed to make its digest again.
struct KeptText {
  std::string salt, content;
};
// A row of evidence, and the proof that it is in the batch that its entry says.
struct ProvenRow {
  std::int64_t row = 0, entry = 0;
  std::string leaf;           // canonical JSON (evidence/trail/leaf.h)
  std::vector<Digest> proof;  // in the inner tree of the batch
  std::optional<KeptText> value, note;
};

// Outcomes of one rule for up to 4,096 subjects, encoded by engine/session; the store keeps the bytes and their digest.
struct OutcomeBlock {
  std::string rule;
  std::int64_t block = 0;
  std::string bytes;
  Digest recorded = {};  // read back: of the bytes as they were recorded, whatever has been redacted since
};
struct BlockDigest {
  SharedText rule;
  std::int64_t block = 0;
  Digest recorded;
  std::int64_t kept = 0;  // where the store keeps its bytes
};
// A block, and the proof that it is among those of its run.
struct ProvenBlock {
  OutcomeBlock block;
  std::int64_t index = 0, of = 0;  // its place among the blocks of the run, and how many they are
  std::vector<Digest> proof;
};
// Explanation kept in full: canonical JSON.
struct KeptExplanation {
  std::string rule, subject;
  Digest digest;  // as it was recorded, whatever has been redacted since
  std::string json;
};

struct RunRecord {
  std::int64_t number = 0;  // from 1
  std::int64_t entry = 0;   // in the trail
  std::int64_t read = 0;    // how many entries the trail had when it was read; others may stand between it and `entry`
  Date as_at, known_on;
  std::string run_by, run_at;
  std::vector<Digest> rulesets;
  bool official = false;       // as its entry says
  std::int64_t kept_from = 0;  // the blocks of its own are kept from there on (BlockDigest::kept)
};

struct VerifyReport {
  std::int64_t entries = 0, batches = 0, rows = 0, runs = 0, explanations = 0, acts = 0;  // acts on rulesets
  std::int64_t mappings = 0, redactions = 0, keys = 0, packets = 0;
  LogHead head;
};

class Store {
 public:
  // WrongUse if the file exists.
  static Result<Store> create(const std::string& path, std::string_view created_at, std::string_view created_by = {});
  // NotFound, Corruption (not a store, or a damaged one), Busy. Read access never changes a byte of the evidence.
  static Result<Store> open(const std::string& path, Access access);
  Store(Store&&) noexcept;
  Store& operator=(Store&&) noexcept;
  ~Store();

  // Names known; read from the file at first use.
  Result<Catalogue*> catalogue();

  // One act of recording, which holds the store's one write lock from begin_batch to its end. Destroyed without commit:
  // nothing was recorded, and the catalogue has forgotten the names added for it. Must not outlive the store; until it
  // ends, the store answers no other question than catalogue(). Names must be in the catalogue before their rows come.
  class BatchWriter {
   public:
    BatchWriter(BatchWriter&&) noexcept;
    ~BatchWriter();
    // What the batch says of itself, which a reader of files knows in full only at the end: all but `file` and
    // `personal` may be changed until commit.
    BatchInfo& info();
    Result<void> add(std::span<const TypedRow> rows);  // any number of times
    // Writes new names, the batch and its trail entry, and makes all durable.
    Result<Batch> commit();

   private:
    friend class Store;
    struct State;
    explicit BatchWriter(std::unique_ptr<State>);
    std::unique_ptr<State> state_;
  };
  Result<BatchWriter> begin_batch(BatchInfo info);

  // All rows recorded on or before the date, of the fields in the schema. With `before_entry`, only rows of batches
  // whose trail entry comes before it: what the store held when that entry was written, for replaying a run.
  Result<Snapshot> snapshot(const Schema& schema, Date known_on, std::optional<std::int64_t> before_entry = {});
  // The same of some subjects and fields only, without reading the other rows: what is recorded of `part`, and what
  // corrects a row of it. Subjects by number, as segments and subject_columns() have them; no field: all fields of the
  // schema.
  struct Part {
    std::vector<std::uint32_t> subjects;
    std::vector<std::string> fields;
  };
  Result<Snapshot> snapshot(const Schema& schema, Date known_on, const Part& part,
                            std::optional<std::int64_t> before_entry = {});

  // All that is read of the store while it lives is of one state, whatever others write meanwhile. Nothing can be
  // recorded until it has gone; it must not outlive the store.
  class Moment {
   public:
    Moment(Moment&&) noexcept;
    ~Moment();

   private:
    friend class Store;
    struct State;
    explicit Moment(std::unique_ptr<State>);
    std::unique_ptr<State> state_;
  };
  Result<Moment> moment();

  // Evidence by columns, of the rows there are now. Rows that stand in no segment yet are put into some when they are
  // many and the store can be written, and otherwise in memory.
  Result<Segments> segments();
  Result<SubjectColumns> subject_columns(SubjectRange range = {});
  Result<StoredWords> stored_words();
  // The number of "kind:code", exactly so; 0 when there is none. Does not read the names of all.
  Result<std::uint32_t> subject_number(std::string_view name);
  // Corruption when a number is no subject's.
  Result<std::vector<std::string>> subject_codes(std::span<const std::uint32_t> subjects);

  // Texts and notes by number, each with its place among those asked for, in their order. Corruption when one is
  // missing.
  Result<void> texts(std::span<const std::int64_t> ascending,
                     const std::function<void(std::size_t, std::string_view)>& consume);

  // What had been recorded before an entry of the trail; without one, up to now.
  struct Extent {
    std::int64_t rows = 0;
    std::uint32_t subjects = 0;
    std::optional<Date> last_recorded;
  };
  Result<Extent> extent(std::optional<std::int64_t> before_entry = {});
  // Of each row after that one, and of each that one of them corrects: its subject by number, and the name of its
  // field.
  struct Touched {
    std::uint32_t subject = 0;
    std::string field;
  };
  Result<std::vector<Touched>> touched_after(std::int64_t row);

  // The latest day on which anything became known, evidence or an act on a ruleset: the default of known on.
  Result<std::optional<Date>> last_recorded();
  // One row with its field and subject by number, for corrections.
  struct RowKey {
    std::string subject, field, source;
    ImpreciseDate valid_from;
    std::optional<ImpreciseDate> valid_to;
  };
  Result<RowKey> row_key(std::int64_t row);

  // Runs. record_run is one transaction; texts already held are not stored again.
  // `body` is a JSON object: what engine/session has to say in the trail entry, such as the head of the trail it read
  // (of it the store reads back `log_size`) or the digest of its plan. To it the store adds the keys that bind the rest
  // (docs/formats/trail.md), over any the caller gave by those names, so that verify() can make them anew from what is
  // stored:
  //   "entry":"run", "as_at", "known_on", "run_by", "run_at",
  //   "rulesets":[{"digest","edition","file","name"},...] in the order given,
  //   "outcomes" and "explanations": root_of_digests (evidence/trail/merkle.h), in the order given, over the SHA-256 of
  //   {"block":0,"digest":"sha256:...","rule":"..."} and {"digest":"sha256:...","rule":"...","subject":"..."} of each.
  // The digest of an explanation is that of its json: WrongUse otherwise.
  struct NewRun {
    Date as_at, known_on;
    std::string run_by, run_at, body;
    std::vector<RulesetText> rulesets;
    std::vector<OutcomeBlock> blocks;
    std::vector<KeptExplanation> explanations;
    // A run whose blocks are this one's too, but those given; 0 for none. It keeps all of its own.
    std::int64_t based_on = 0;
    // The size of the trail that was read, where `body` says it. Busy if something has been redacted since, since what
    // has been destroyed may stand in what the run gave.
    std::optional<std::int64_t> read = {};
  };
  Result<RunRecord> record_run(const NewRun& run);
  Result<std::vector<RunRecord>> runs();
  // The last that fits, looking back from the newest.
  Result<std::optional<RunRecord>> last_run(const std::function<Result<bool>(const RunRecord&)>& fits);
  Result<std::vector<OutcomeBlock>> run_blocks(std::int64_t run);
  // The same without their bytes; and the bytes of one.
  Result<std::shared_ptr<const RunOutline>> run_outline(std::int64_t run);
  Result<std::string> block_bytes(const BlockDigest& block);
  Result<std::vector<KeptExplanation>> run_explanations(std::int64_t run);
  Result<RulesetText> ruleset_text(const Digest& digest);

  // Acts on rulesets: one transaction and one entry each. The texts of a proposal are kept as those of a run are.
  Result<std::int64_t> record_act(const RulesetAct& act);  // its entry
  Result<std::vector<RulesetAct>> ruleset_acts();          // in the order of recording

  // Mappings: one transaction and one entry each. Of several of a name the last counts.
  Result<std::int64_t> keep_mapping(const KeptMapping& kept);  // its entry
  Result<std::vector<KeptMapping>> mappings();                 // in the order of recording

  // Keys and packets: one transaction and one entry each. WrongUse for a key that does not follow the one before; Busy
  // for a packet where the trail is no longer of the size `at`: somebody wrote meanwhile.
  Result<std::int64_t> record_key(const KeyAct& act);
  Result<std::vector<KeyAct>> keys();  // in the order of recording
  Result<std::int64_t> record_packet(const SentPacket& packet, std::int64_t at);
  Result<std::vector<SentPacket>> packets();  // in the order of recording

  // Rows with their leaves and proofs. Numbers ascending; NotFound for one that is not there.
  Result<std::vector<ProvenRow>> prove_rows(std::span<const std::int64_t> numbers);

  // The block of a rule's outcomes in a run that holds the row; nothing where none does.
  Result<std::optional<ProvenBlock>> prove_block(std::int64_t run, std::string_view rule, std::string_view row);

  // Batches that were let in with data about persons, in the order of recording.
  Result<std::vector<PersonalHolding>> personal_holdings();

  // Redactions. What is destroyed and its entry are one transaction; what was destroyed before is left as it is. Then
  // sweep(): until it is done, the old bytes may stand in the write-ahead log or in what is free of the file. Busy
  // where a run was recorded since the trail had the size `at`.
  Result<std::int64_t> redact(const NewRedaction& redaction);  // its entry
  Result<std::vector<Redaction>> redactions();                 // in the order of recording
  Result<std::vector<RowHeld>> rows_held(std::span<const std::int64_t> rows);
  Result<std::vector<std::int64_t>> rows_of_entry(std::int64_t entry);  // NotFound where it records none
  // Writes the file anew without what is free in it, and empties the write-ahead log. Busy while others read.
  Result<void> sweep();
  // Where the bytes of any of the texts are found: files beside each other, by name; then places in the store.
  Result<std::vector<std::string>> holding(std::span<const std::string> texts);

  Result<LogHead> head();
  Result<std::vector<LogEntry>> log_entries();
  Result<LogEntry> log_entry(std::int64_t number);  // NotFound
  // Recomputes every hash: entries, heads, the rows of each batch, texts, outcome blocks, explanations. Corruption
  // names the first bad entry.
  Result<VerifyReport> verify();

 private:
  struct State;
  explicit Store(std::unique_ptr<State>);
  std::unique_ptr<State> state_;
};

}  // namespace assay
