// The question as the run's entry has it, its answer, and what cannot be shown.
#include "apps/verifier/derive_packet.h"

#include <fmt/format.h>

#include "apps/verifier/evidence_in.h"
#include "apps/verifier/said_outcome.h"
#include "dsl/check/check.h"

namespace assay::verifier {

namespace {

Finding not_shown(std::string_view why) {
  return {FindingKind::Remark, fmt::format("That the outcome follows cannot be shown here: {}.", why), {}};
}
Finding not_so(const Packet& packet, std::string_view why) {
  return {FindingKind::Fails, fmt::format("The outcome does not follow: {}.", why), packet.run_entry};
}

Finding too_much(const std::string& why) {
  return {FindingKind::TooMuch, fmt::format("The outcome was not derived again: {}.", why), {}};
}

// In bytes, of all texts together: several times as many as every ruleset that is published for English social care.
constexpr std::size_t kRulesMax = std::size_t{1} << 20;

std::string in_words(TooMuch limit) {
  return limit == TooMuch::Steps
             ? fmt::format("it takes more than {} steps to derive", Effort::kStepsMax)
             : fmt::format("its rules ask more than {} questions inside one another", Effort::kLevelsMax);
}

struct Rules {
  Rulebook book;
  DiagnosticSink sink;
};
Rules rules_in(const Packet& packet) {
  Sources sources;
  for (const RulesetFile& file : packet.rulesets) sources.add(file.name + "/" + file.file, file.text);
  Rules rules;
  rules.book = check(std::move(sources), rules.sink);
  return rules;
}

// The first of what is wrong with the rules, with its place.
std::string first_error(const Rules& rules) {
  for (const Diagnostic& found : rules.sink.sorted())
    if (severity_of(found.kind) == Severity::Error)
      return fmt::format("{} at {}", code_of(found.kind), rules.book.sources.place(found.primary));
  return {};
}

}  // namespace

Finding derive_packet(const Packet& packet) {
  const auto place = packet.outcome();
  const Entry* run = packet.entry(packet.run_entry);
  const auto as_at = run ? Date::parse(run->get("as_at")) : std::nullopt;
  const auto known_on = run ? Date::parse(run->get("known_on")) : std::nullopt;
  if (!place || !as_at || !known_on) return not_so(packet, "the packet does not say what was asked");
  std::size_t length = 0;
  for (const RulesetFile& file : packet.rulesets) length += file.text.size();
  if (length > kRulesMax) return too_much(fmt::format("its rules are {} bytes long, more than {}", length, kRulesMax));
  const Rules rules = rules_in(packet);
  if (rules.sink.has_errors())
    return not_shown(fmt::format("the rules do not check with this program ({}); it takes the program of that time",
                                 first_error(rules)));
  const Rulebook& book = rules.book;
  const auto snapshot = evidence_in(packet, book.schema, *known_on);
  if (!snapshot)
    return snapshot.error().text_gone ? not_shown(snapshot.error().sentence)
                                      : not_so(packet, snapshot.error().sentence);
  const auto named = book.find_rule(packet.rule);
  const auto name = split_subject(packet.subject);
  const auto kind = name ? book.schema.find_kind(name->kind) : std::nullopt;
  const auto subject = kind ? snapshot->find(*kind, name->code) : std::nullopt;
  if (!named || !subject || book.rule(*named).kind != *kind)
    return not_so(packet, fmt::format("its rules and rows know nothing of {} for {}", packet.rule, packet.subject));
  Derivation derivation(book, *snapshot, *known_on);
  const RuleId asked = derivation.on(*named, *as_at);
  const Verdict verdict = derivation.verdict(asked, *subject, *as_at);
  if (verdict.given_up) return too_much(in_words(*verdict.given_up));
  const SaidOutcome derived = say_outcome(derivation, asked, verdict);
  const auto recorded = read_outcome(packet.block.rows[*place]);
  if (!recorded) return not_so(packet, "the packet does not say what it came to");
  if (const std::string unlike = difference(derived, *recorded); !unlike.empty()) return not_so(packet, unlike);
  return {FindingKind::Holds,
          fmt::format("Derived again from the rows and rules in the packet, without the program that made it: {}.",
                      in_words(derived)),
          {}};
}

}  // namespace assay::verifier
