// Acts on rulesets: written into the body of their entry, read back from it, and asked for.
#include "evidence/store/ruleset_act.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "evidence/core/canonical_json.h"
#include "evidence/store/log.h"
#include "evidence/store/run_row.h"
#include "evidence/store/state.h"

namespace assay {
namespace {

constexpr std::string_view kProposal = "proposal", kApproval = "approval";

Result<void> expect_digests(const RulesetAct& act) {
  for (const RulesetText& text : act.texts)
    if (text.digest != sha256(std::string_view(text.text)))
      return fail(ErrorCode::WrongUse,
                  fmt::format("the digest given for ruleset `{}` is not that of its text", text.name));
  return {};
}

}  // namespace

std::string act_body(const RulesetAct& act) {
  JsonWriter body;
  body.begin_object().field("because", act.because).field("by", act.by).field("edition", act.edition);
  body.field("entry", act.kind == RulesetAct::Kind::Proposal ? kProposal : kApproval);
  body.field("on", act.on.to_string());
  if (act.kind == RulesetAct::Kind::Approval) body.key("proposal").number(act.proposal);
  body.field("recorded_at", act.recorded_at).field("ruleset", act.ruleset);
  body.key("texts").begin_array();
  for (const RulesetText& text : act.texts) {
    body.begin_object().field("digest", text.digest.to_string()).field("edition", text.edition);
    body.field("file", text.file).field("name", text.name).end_object();
  }
  body.end_array().end_object();
  return body.take();
}

std::optional<RulesetAct> read_act(std::string_view body) {
  using nlohmann::json;
  const json object = json::parse(body, nullptr, false);
  if (!object.is_object() || !object.contains("texts") || !object["texts"].is_array()) return std::nullopt;
  const auto text = [](const json& of, const char* key) {
    const auto found = of.find(key);
    return found != of.end() && found->is_string() ? found->get<std::string>() : std::string();
  };
  RulesetAct act;
  const std::string entry = text(object, "entry");
  if (entry != kProposal && entry != kApproval) return std::nullopt;
  if (entry == kApproval) act.kind = RulesetAct::Kind::Approval;
  act.ruleset = text(object, "ruleset");
  act.edition = text(object, "edition");
  act.by = text(object, "by");
  act.because = text(object, "because");
  act.recorded_at = text(object, "recorded_at");
  const auto on = Date::parse(text(object, "on"));
  if (!on) return std::nullopt;
  act.on = *on;
  if (object.contains("proposal") && object["proposal"].is_number_integer())
    act.proposal = object["proposal"].get<std::int64_t>();
  for (const json& one : object["texts"]) {
    if (!one.is_object()) return std::nullopt;
    const auto digest = Digest::parse(text(one, "digest"));
    if (!digest) return std::nullopt;
    act.texts.push_back({*digest, text(one, "name"), text(one, "edition"), text(one, "file"), {}});
  }
  if (act_body(act) != body) return std::nullopt;
  return act;
}

Result<std::int64_t> Store::record_act(const RulesetAct& act) {
  if (auto able = state_->expect_writable(); !able) return tl::unexpected(able.error());
  auto transaction = Transaction::begin(state_->database, Transaction::Kind::Write);
  if (!transaction) return tl::unexpected(transaction.error());
  const auto head = read_head(state_->database);
  if (!head) return tl::unexpected(head.error());
  if (act.kind == RulesetAct::Kind::Proposal) {
    if (auto same = expect_digests(act); !same) return tl::unexpected(same.error());
    for (const RulesetText& text : act.texts)
      if (const auto held = ruleset_number(state_->database, text); !held) return tl::unexpected(held.error());
  }
  const auto entry = append_entry(state_->database, act_body(act));
  if (!entry) return entry;
  if (auto done = transaction->commit(); !done) return tl::unexpected(done.error());
  // It adds no name.
  if (state_->names_as_of == head->size) state_->names_as_of = head->size + 1;
  return entry;
}

Result<std::vector<RulesetAct>> Store::ruleset_acts() {
  if (auto rest = state_->expect_at_rest(); !rest) return tl::unexpected(rest.error());
  std::vector<RulesetAct> acts;
  const auto any = has_other_acts(state_->database);
  if (!any) return tl::unexpected(any.error());
  if (!*any) return acts;
  Statement entry = state_->database.prepare(entries_of({kProposal, kApproval}), "the entries of the trail");
  while (entry.next()) {
    auto act = read_act(entry.text(1));
    if (!act) {
      entry.refuse("it is no act on a ruleset as one is written");
      break;
    }
    act->entry = entry.integer(0, 1);
    acts.push_back(std::move(*act));
  }
  if (auto done = entry.end(); !done) return tl::unexpected(done.error());
  return acts;
}

}  // namespace assay
