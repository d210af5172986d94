// Declarations as lists of words.
#include "dsl/compare/attributes.h"

#include <algorithm>

namespace assay {

std::string type_in_words(const ValueType& type) {
  std::string out = describe(type);
  for (const LabelDef& label : type.labels) out += ", " + label.name;
  return out;
}

Attributes evidence_attributes(const Rulebook& rulebook, FieldId id) {
  const FieldDef& field = rulebook.schema.field(id);
  Attributes out{type_in_words(field.type)};
  if (field.every) out.push_back(fmt::format("every {}", to_string(*field.every)));
  if (field.due_within) out.push_back("due within " + field.due_within->to_string());
  if (field.fresh_for) out.push_back("fresh for " + field.fresh_for->to_string());
  if (field.direction == Direction::HigherIsBetter) out.push_back("higher is better");
  if (field.direction == Direction::LowerIsBetter) out.push_back("lower is better");
  if (field.may_not_apply) out.push_back("may not apply");
  if (field.occurrence == Occurrence::Event) out.push_back("event");
  std::string from;
  for (auto equals : field.from) {
    std::sort(equals.begin(), equals.end());
    from += fmt::format("{}{}", from.empty() ? "from " : " then ", fmt::join(equals, ", "));
  }
  if (!from.empty()) out.push_back(from);
  for (const SeriesBreak& each : field.breaks) out.push_back("break from " + each.from.to_long_string());
  return out;
}

Attributes parameter_values(const Rulebook& rulebook, const Parameter& parameter) {
  Attributes out;
  for (const Parameter::Dated& dated : parameter.values)
    out.push_back(fmt::format("{} from {}{}", to_words(dated.value, rulebook.type(parameter.type)),
                              dated.from.to_long_string(), dated.to ? " to " + dated.to->to_long_string() : ""));
  return out;
}

std::string only_in(const Attributes& one, const Attributes& other) {
  Attributes left;
  for (const std::string& each : one)
    if (std::find(other.begin(), other.end(), each) == other.end()) left.push_back(each);
  return fmt::format("{}", fmt::join(left, "; "));
}

void add_text(const std::string& what, const std::string& was, const std::string& now,
              std::vector<GroundsChange>& out) {
  if (was != now) out.push_back({what, was, now});
}

namespace {

std::string basis_of(const Grounds& grounds) {
  if (!grounds.basis) return "";
  return fmt::format("{}{}", to_string(*grounds.basis), grounds.remark.empty() ? "" : ", " + grounds.remark);
}

Attributes cites_of(const Rulebook& rulebook, const Grounds& grounds) {
  Attributes out;
  for (const Citation& cite : grounds.cites) {
    const CitedDocument& document = rulebook.documents[cite.document.index];
    std::string words = document.title.empty() ? document.name : document.title;
    if (!document.publisher.empty()) words = document.publisher + ", " + words;
    if (!document.reference.empty()) words += ", " + document.reference;
    out.push_back(cite.place.empty() ? words : words + ", " + cite.place);
  }
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace

void add_grounds(const Rulebook& was, const Grounds& then, const Rulebook& now, const Grounds& grounds,
                 std::vector<GroundsChange>& out) {
  add_text("basis", basis_of(then), basis_of(grounds), out);
  const Attributes before = cites_of(was, then), after = cites_of(now, grounds);
  add_text("cites", only_in(before, after), only_in(after, before), out);
}

void add_charge(const Charge& then, const Charge& now, std::vector<GroundsChange>& out) {
  const auto aims = [](const Charge& charge) {
    Attributes names;
    for (const ast::Aim aim : charge.aims) names.emplace_back(to_string(aim));
    return fmt::format("{}", fmt::join(names, ", "));
  };
  add_text("answers to", only_in(then.answers_to, now.answers_to), only_in(now.answers_to, then.answers_to), out);
  add_text("aim", aims(then), aims(now), out);
}

}  // namespace assay
