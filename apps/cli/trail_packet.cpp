// assay trail verify PACKET: what the stand-alone verifier says of it, and the outcome derived again by the engine from
// nothing but the packet. And a store held against checkpoints that somebody kept.
#include <fstream>

#include "apps/cli/lines.h"
#include "apps/cli/signing.h"
#include "apps/cli/trail_parts.h"
#include "apps/cli/whole_file.h"
#include "apps/verifier/verify.h"
#include "engine/session/packet_rows.h"
#include "evidence/trail/merkle.h"

namespace assay::cli {

namespace {

OutcomeInputs inputs_in(const verifier::Packet& packet) {
  OutcomeInputs inputs;
  for (const auto& file : packet.rulesets) inputs.texts.emplace_back(file.name + "/" + file.file, file.text);
  for (const auto& entry : packet.entries)
    if (entry.get("entry") == "batch")
      inputs.batches.push_back({static_cast<std::int64_t>(entry.index), entry.body});
    else if (entry.get("entry") == "redaction")
      inputs.redactions.push_back(entry.body);
  for (const auto& row : packet.rows)
    inputs.rows.push_back({row.leaf, static_cast<std::int64_t>(row.entry),
                           row.text ? std::optional(row.text->text) : std::nullopt,
                           row.note ? std::optional(row.note->text) : std::nullopt});
  inputs.rule = packet.rule;
  inputs.subject = packet.subject;
  return inputs;
}

verifier::Finding derive_again(const verifier::Packet& packet) {
  const auto not_so = [](std::string sentence) {
    return verifier::Finding{verifier::FindingKind::Fails, std::move(sentence), {}};
  };
  const auto place = packet.outcome();
  const auto* run = packet.entry(packet.run_entry);
  const auto as_at = run ? Date::parse(run->get("as_at")) : std::nullopt;
  const auto known_on = run ? Date::parse(run->get("known_on")) : std::nullopt;
  if (!place || !as_at || !known_on) return not_so("The outcome cannot be derived again: the run is not there.");
  OutcomeInputs inputs = inputs_in(packet);
  inputs.as_at = *as_at;
  inputs.known_on = *known_on;
  const auto derived = derive_from(inputs);
  if (!derived) return not_so(fmt::format("The outcome cannot be derived again: {}.", derived.error().message));
  if (derived->row != packet.block.rows[*place])
    return not_so("The outcome does not follow from the evidence and the rules in the packet.");
  if (derived->explanation != packet.explanation)
    return not_so("The outcome follows, but not for the reasons that the packet tells.");
  return {verifier::FindingKind::Holds,
          "Derived again from the evidence and the rules in the packet, by the engine: the same outcome, for the same "
          "reasons.",
          {}};
}

Result<verifier::Trusted> trusted_of(const AgainstOptions& against) {
  verifier::Trusted trusted;
  for (const std::string& text : against.keys) {
    auto key = verifier::read_key(text);
    if (!key || key->witness)
      return fail(ErrorCode::WrongUse, fmt::format("`{}` is no key of a log", text), "--log-key",
                  "give the line that `assay trail key` printed");
    trusted.logs.push_back(std::move(*key));
  }
  for (const std::string& file : against.kept) {
    auto text = read_whole(file);
    if (!text) return tl::unexpected(text.error());
    trusted.kept.push_back({file, std::move(*text)});
  }
  if (against.policy.empty()) return trusted;
  auto text = read_whole(against.policy);
  if (!text) return tl::unexpected(text.error());
  auto policy = verifier::read_policy(*text);
  if (const auto* fault = std::get_if<std::string>(&policy)) return fail(ErrorCode::BadInput, *fault, against.policy);
  trusted.policy = std::move(std::get<verifier::Policy>(policy));
  for (const verifier::Key& log : trusted.policy->logs) trusted.logs.push_back(log);
  return trusted;
}

}  // namespace

bool is_packet(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return in.get() == '{';
}

int verify_packet(const std::string& path, const AgainstOptions& against) {
  auto trusted = trusted_of(against);
  if (!trusted) return tell(trusted.error());
  auto bytes = read_whole(path);
  if (!bytes) return tell(bytes.error());
  verifier::Report report = verifier::verify(*bytes, *trusted);
  // What follows from what is not as recorded, or is too much, says nothing.
  if (report.holds()) report.findings.push_back(derive_again(*report.packet));
  fmt::print("{}", verifier::in_words(report));
  return report.holds() ? kDone : report.given_up() ? kUnusable : kDamaged;
}

Result<void> hold_against(Store& store, const std::vector<std::string>& kept) {
  struct Kept {
    std::string file;
    SignedCheckpoint note;
  };
  std::vector<Kept> all;
  for (const std::string& file : kept) {
    auto text = read_whole(file);
    if (!text) return tl::unexpected(text.error());
    auto note = read_checkpoint(*text);
    if (!note) return tl::unexpected(Error{note.error().code, note.error().message, file, note.error().help});
    all.push_back({file, std::move(*note)});
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const Kept& a, const Kept& b) { return a.note.checkpoint.size < b.note.checkpoint.size; });
  auto leaves = leaves_of(store);
  if (!leaves) return tl::unexpected(leaves.error());
  auto keys = store.keys();
  if (!keys) return tl::unexpected(keys.error());
  std::uint64_t agreed = 0;
  for (const auto& [file, note] : all) {
    const std::uint64_t size = note.checkpoint.size;
    if (size > leaves->size())
      return fail(
          ErrorCode::Corruption,
          fmt::format("the trail was cut: this checkpoint is of {} entries, and the store has {}; entry {} is the "
                      "first that is missing",
                      size, leaves->size(), leaves->size()),
          file);
    if (merkle_root(std::span(*leaves).first(static_cast<std::size_t>(size))) != note.checkpoint.root)
      return fail(
          ErrorCode::Corruption,
          fmt::format("the trail was written anew: its first {} entries are not those of this checkpoint, and the "
                      "first that differs is one of {} to {}",
                      size, agreed, size - 1),
          file);
    const bool ours = std::any_of(keys->begin(), keys->end(), [&](const KeyAct& act) {
      const auto key = read_public_key(act.key);
      return key && signed_by(note, *key);
    });
    if (!ours)
      return fail(ErrorCode::Corruption,
                  "this checkpoint agrees with the trail, but no key that the trail records signed it", file,
                  "`assay trail key STORE` lists the keys");
    fmt::print("It goes on from {}, a checkpoint of {}.\n", file, counted(static_cast<std::int64_t>(size), "entry"));
    agreed = size;
  }
  return {};
}

}  // namespace assay::cli
