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
  const SaidOutcome derived = derive_outcome(derivation, derivation.on(*named, *as_at), *subject, *as_at);
  const auto recorded = read_outcome(packet.block.rows[*place]);
  if (!recorded) return not_so(packet, "the packet does not say what it came to");
  if (const std::string unlike = difference(derived, *recorded); !unlike.empty()) return not_so(packet, unlike);
  return {FindingKind::Holds,
          fmt::format("Derived again from the rows and rules in the packet, without the program that made it: {}.",
                      in_words(derived)),
          {}};
}

}  // namespace assay::verifier
