// A packet is made from what a derivation was seen to read, and derived again from the packet alone before it is given.
#include "engine/session/packet.h"

#include <algorithm>
#include <set>

#include "engine/session/approval.h"
#include "engine/session/packet_rows.h"
#include "engine/session/run.h"
#include "engine/session/run_body.h"
#include "evidence/core/canonical_json.h"
#include "evidence/trail/merkle.h"

namespace assay {

namespace {

std::string base64(const Digest& digest) {
  return to_base64({reinterpret_cast<const char*>(digest.bytes.data()), digest.bytes.size()});
}

void write_hashes(JsonWriter& json, const char* key, std::span<const Digest> hashes) {
  json.key(key).begin_array();
  for (const Digest& hash : hashes) json.text(base64(hash));
  json.end_array();
}

void write_text(JsonWriter& json, const char* key, const std::optional<KeptText>& kept) {
  if (!kept) return;
  json.key(key).begin_object().field("salt", kept->salt.empty() ? "" : to_base64(kept->salt));
  json.field("text", kept->content).end_object();
}

class PacketMaker {
 public:
  PacketMaker(Store& store, ThenInputs& inputs, const PacketRequest& request)
      : store_(store), book_(inputs.rules->rulebook), snapshot_(*inputs.snapshot), request_(request) {}
  Result<PacketContent> make();

 private:
  DerivedOne derive_and_note();
  Result<void> read_texts();
  Result<void> prove();
  std::vector<std::int64_t> redactions() const;  // entries of those of its rows
  bool follows(const std::vector<RulesetText>& texts, const DerivedOne& derived) const;
  void choose_entries();
  std::string to_json(const DerivedOne& derived) const;

  Store& store_;
  const Rulebook& book_;
  Snapshot& snapshot_;
  const PacketRequest& request_;
  PacketContent content_;
  std::vector<RulesetText> all_texts_, texts_;  // that the run used; that the packet holds
  std::vector<ProvenRow> rows_;
  std::vector<Redaction> redactions_;  // of the whole store
  std::optional<ProvenBlock> block_;
  std::vector<LogEntry> log_;
};

DerivedOne PacketMaker::derive_and_note() {
  Snapshot::CellsRead cells;
  snapshot_.note_reads(&cells);
  Evaluation evaluation(book_, snapshot_);
  DerivedOne derived = derive_one(evaluation, request_.rule, request_.subject, request_.run.as_at);
  snapshot_.note_reads(nullptr);
  std::set<std::int64_t> rows;
  for (const auto& [field, subject] : cells)
    for (const Observation& row : snapshot_.rows(field, subject)) rows.insert(row.row);
  content_.rows.assign(rows.begin(), rows.end());
  return derived;
}

Result<void> PacketMaker::read_texts() {
  for (const Digest& digest : request_.run.rulesets) {
    auto text = store_.ruleset_text(digest);
    if (!text) return tl::unexpected(text.error());
    all_texts_.push_back(std::move(*text));
  }
  const auto used =
      rulesets_used(book_, book_.rule(request_.rule).ruleset, {request_.run.as_at, request_.run.known_on});
  for (const RulesetText& text : all_texts_)
    if (std::any_of(used.begin(), used.end(), [&](RulesetId id) {
          return book_.ruleset(id).name == text.name && book_.ruleset(id).edition == text.edition;
        }))
      texts_.push_back(text);
  return {};
}

Result<void> PacketMaker::prove() {
  auto proven = store_.prove_rows(content_.rows);
  if (!proven) return tl::unexpected(proven.error());
  rows_ = std::move(*proven);
  auto redactions = store_.redactions();
  if (!redactions) return tl::unexpected(redactions.error());
  redactions_ = std::move(*redactions);
  auto entries = store_.log_entries();
  if (!entries) return tl::unexpected(entries.error());
  log_ = std::move(*entries);
  return {};
}

std::vector<std::int64_t> PacketMaker::redactions() const {
  std::vector<std::int64_t> entries;
  for (const Redaction& act : redactions_)
    if (std::any_of(act.rows.begin(), act.rows.end(), [&](const Redaction::Row& of) {
          return std::binary_search(content_.rows.begin(), content_.rows.end(), of.row);
        }))
      entries.push_back(act.entry);
  return entries;
}

// From the packet's own parts alone, as whoever verifies it will do.
bool PacketMaker::follows(const std::vector<RulesetText>& texts, const DerivedOne& derived) const {
  OutcomeInputs inputs;
  for (const RulesetText& text : texts) inputs.texts.emplace_back(text.name + "/" + text.file, text.text);
  std::set<std::int64_t> batches;
  for (const ProvenRow& row : rows_) {
    batches.insert(row.entry);
    inputs.rows.push_back({row.leaf, row.entry, row.value ? std::optional(row.value->content) : std::nullopt,
                           row.note ? std::optional(row.note->content) : std::nullopt});
  }
  for (const std::int64_t entry : batches)
    inputs.batches.push_back({entry, log_[static_cast<std::size_t>(entry)].body});
  for (const std::int64_t entry : redactions()) inputs.redactions.push_back(log_[static_cast<std::size_t>(entry)].body);
  inputs.rule = content_.rule;
  inputs.subject = content_.subject;
  inputs.as_at = request_.run.as_at;
  inputs.known_on = request_.run.known_on;
  const auto again = derive_from(inputs);
  return again && again->row == derived.row && again->explanation == derived.explanation;
}

// The store's own entry, the keys, the batches, the redactions, the run, and what was said of the texts.
void PacketMaker::choose_entries() {
  std::set<std::int64_t> entries{0, request_.run.entry};
  for (const ProvenRow& row : rows_) entries.insert(row.entry);
  for (const std::int64_t entry : redactions()) entries.insert(entry);
  for (const LogEntry& entry : log_) {
    const auto is = [&](std::string_view sort) {
      return entry.body.find(fmt::format("\"entry\":\"{}\"", sort)) != std::string::npos;
    };
    if (is("key")) entries.insert(entry.number);
    if (!is("proposal") && !is("approval")) continue;
    for (const RulesetText& text : texts_)
      if (entry.body.find(text.digest.to_string()) != std::string::npos) entries.insert(entry.number);
  }
  content_.entries.assign(entries.begin(), entries.end());
}

std::string PacketMaker::to_json(const DerivedOne& derived) const {
  JsonWriter json;
  json.begin_object().key("block").begin_object().key("block").number(block_->block.block);
  json.key("index").number(block_->index).key("of").number(block_->of);
  write_hashes(json, "proof", block_->proof);
  json.key("rows").begin_array();
  for (std::string_view rest = block_->block.bytes; !rest.empty();) {
    const auto end = rest.find('\n');
    json.raw(rest.substr(0, end));
    rest.remove_prefix(end + 1);
  }
  json.end_array().end_object();
  json.key("explanation").raw(derived.explanation).field("key", request_.key);
  json.key("rows").begin_array();
  for (const ProvenRow& row : rows_) {
    json.begin_object().key("entry").number(row.entry).key("leaf").raw(row.leaf);
    write_text(json, "note", row.note);
    write_hashes(json, "proof", row.proof);
    write_text(json, "text", row.value);
    json.end_object();
  }
  json.end_array().field("rule", content_.rule).key("rulesets").begin_array();
  for (const RulesetText& text : texts_)
    json.begin_object()
        .field("edition", text.edition)
        .field("file", text.file)
        .field("name", text.name)
        .field("text", text.text)
        .end_object();
  json.end_array().key("run").number(request_.run.number).key("run_entry").number(request_.run.entry);
  json.field("subject", content_.subject).end_object();
  return json.take();
}

Result<PacketContent> PacketMaker::make() {
  const Subject& who = snapshot_.subject(request_.subject);
  content_.rule = book_.rule(request_.rule).name;
  content_.subject = snapshot_.schema().kind(who.kind).name + ":" + who.code;
  const DerivedOne derived = derive_and_note();
  auto entry = store_.log_entry(request_.run.entry);
  if (!entry) return tl::unexpected(entry.error());
  if (read_packed_body(entry->body))
    return fail(
        ErrorCode::WrongUse,
        fmt::format("run {} kept its answers by columns, which say too little for a packet", request_.run.number), {},
        "make a run without --packed, and a packet of that");
  auto block = store_.prove_block(request_.run.number, content_.rule, derived.row);
  if (!block) return tl::unexpected(block.error());
  if (!*block)
    return fail(ErrorCode::NotFound,
                fmt::format("run {} has no outcome of {} for {} that follows from what it read", request_.run.number,
                            content_.rule, content_.subject),
                {}, "`assay trail replay` says why: what it rested on may have been redacted since");
  block_ = std::move(*block);
  auto done = read_texts();
  if (done) done = prove();
  if (!done) return tl::unexpected(done.error());
  // Rules of another ruleset may raise a flag of this one: then all of them are needed.
  if (!follows(texts_, derived)) texts_ = all_texts_;
  if (!follows(texts_, derived))
    return fail(
        ErrorCode::Corruption,
        fmt::format("{} of {} does not follow from the rows it was seen to read", content_.rule, content_.subject), {},
        "this is a mistake of the program; please tell its makers");
  choose_entries();
  content_.json = to_json(derived);
  return std::move(content_);
}

}  // namespace

Result<PacketContent> packet_content(Store& store, ThenInputs& inputs, const PacketRequest& request) {
  return PacketMaker(store, inputs, request).make();
}

std::string ranges_of(const std::vector<std::int64_t>& ascending) {
  std::string out;
  for (auto at = ascending.begin(); at != ascending.end();) {
    auto last = at;
    while (last + 1 != ascending.end() && *(last + 1) == *last + 1) ++last;
    if (!out.empty()) out += ',';
    out += last == at ? fmt::format("{}", *at) : fmt::format("{}-{}", *at, *last);
    at = last + 1;
  }
  return out;
}

std::string packet_text(const PacketContent& content, const std::vector<LogEntry>& log, const PacketLog& part) {
  std::vector<Digest> leaves;
  for (const LogEntry& entry : log) leaves.push_back(entry.leaf);
  JsonWriter json;
  json.begin_object().key("content").raw(content.json).field("format", "assay.packet/1");
  json.key("log").begin_object().field("checkpoint", part.checkpoint.to_string()).field("cosigned", part.cosigned);
  json.key("entries").begin_array();
  for (const std::int64_t number : part.entries) {
    const auto index = static_cast<std::size_t>(number);
    json.begin_object().key("body").raw(log[index].body).key("index").number(number);
    write_hashes(json, "proof", inclusion_proof(leaves, index));
    json.end_object();
  }
  json.end_array();
  write_hashes(json, "leaves", leaves);
  json.key("witnesses").begin_array();
  for (const std::string& key : part.witnesses) json.text(key);
  json.end_array().end_object().end_object();
  return json.take() + '\n';
}

}  // namespace assay
