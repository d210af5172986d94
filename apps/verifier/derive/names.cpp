// What a name stands for: evidence, another rule, a parameter (docs/language.md 2.1, 5.9, 9.2, 9.3).
#include "apps/verifier/derive/derivation.h"

namespace assay::verifier {

Answer Derivation::chain(ast::ExprId id, const Place& place) {
  const Resolved& resolved = book_.resolved[id.index];
  if (const auto* of = std::get_if<FieldOf>(&resolved))
    return field(of->field, place.slots[of->slot], place.moment, place.rule);
  if (const auto* of = std::get_if<RuleOf>(&resolved)) return rule_of(*of, place.slots[of->slot], place);
  if (const auto* of = std::get_if<ParameterRef>(&resolved)) return parameter_of(*of, place);
  if (const auto* of = std::get_if<LabelRef>(&resolved)) return known(of->label);
  return does_not_apply();  // roles and matches are only printed
}

// Before an overlay begins, and after it ends, the national value stands.
bool Derivation::overlay_holds(const Rule& reader, const Place& place) const {
  return book_.in_force(reader.ruleset, {place.moment.date(), evidence_.known_on(), drafts_});
}

// 5.9: of the editions of a rule the one of the date, unless one is pinned. 9.3: what an overlay's outcome reads at the
// subject itself is the overlay's own.
Answer Derivation::rule_of(const RuleOf& of, SubjectId subject, const Place& place) {
  const Rule& reader = book_.rule(place.rule);
  if (of.pinned) return rule(of.rule, subject, place.moment, true);
  if (place.pinned && book_.rule(of.rule).ruleset == reader.ruleset) return rule(of.rule, subject, place.moment, true);
  spend_on_editions(book_.rule(of.rule).ruleset);
  RuleId read = on(of.rule, place.moment.date());
  if (reader.local_of && of.slot == 0 && overlay_holds(reader, place)) {
    const auto own = book_.local_rules.find({reader.ruleset, read});
    if (own != book_.local_rules.end()) read = own->second;
  }
  return rule(read, subject, place.moment);
}

// 5.9: of the edition of the date; with none, missing to whoever reads it.
Answer Derivation::parameter_of(const ParameterRef& of, const Place& place) {
  const Rule& reader = book_.rule(place.rule);
  const bool own_edition = place.pinned && book_.parameters[of.parameter.index].ruleset == reader.ruleset;
  if (of.pinned || own_edition) return parameter(of.parameter, place);
  const EditionAsked asked{place.moment.date(), evidence_.known_on(), drafts_};
  spend_on_editions(book_.parameters[of.parameter.index].ruleset);
  const auto read = book_.parameter_on(of.parameter, asked);
  if (!read && !given_.contains(of.parameter.index)) return no_value(of.parameter, place);
  // 9.3: in what is asked of members the national one.
  if (reader.local_of && place.slots.size() == 1 && overlay_holds(reader, place)) {
    const auto own = book_.local_parameters.find({reader.ruleset, read.value_or(of.parameter)});
    if (own != book_.local_parameters.end()) return parameter(own->second, place);
  }
  return parameter(read.value_or(of.parameter), place);  // what is given stands on any day (10.3)
}

Answer Derivation::no_value(ParameterId id, const Place& place) const {
  return unknown_of(book_.type(book_.parameters[id.index].type), undefined(place).why.front());
}

Answer Derivation::parameter(ParameterId parameter, const Place& place) {
  if (!book_.parameters[parameter.index].local_of.empty()) return local_parameter(parameter, place);
  return dated_value(parameter, place);
}

Answer Derivation::dated_value(ParameterId id, const Place& place) {
  const Parameter& parameter = book_.parameters[id.index];
  const Date date = place.moment.date();
  const auto given = given_.find(id.index);
  std::optional<Answer> found;
  if (given != given_.end()) found = known(given->second);
  if (!found) {
    effort_.spend(parameter.values.size());
    for (const Parameter::Dated& dated : parameter.values)
      if (dated.from <= date && (!dated.to || date <= *dated.to)) found = known(dated.value);
  }
  if (!found) found = no_value(id, place);
  mark(*found, parameter.grounds, place.moment);
  return *found;
}

// 9.2: the stricter of local and national is used.
Answer Derivation::local_parameter(ParameterId local, const Place& place) {
  const Parameter& parameter = book_.parameters[local.index];
  const EditionAsked asked{place.moment.date(), evidence_.known_on(), drafts_};
  const ParameterId named = parameter.local_of.front();
  spend_on_editions(book_.parameters[named.index].ruleset);
  const Answer national = dated_value(book_.parameter_on(named, asked).value_or(named), place);
  const Answer own = dated_value(local, place);
  if (!own.known()) return national;
  if (!national.known()) return own;
  return is_looser(parameter.tighter, *own.low, *national.low) ? national : own;
}

}  // namespace assay::verifier
