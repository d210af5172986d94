// Givens and expectations, in the words that scenarios are read from.
#include "engine/trial/scenario_text.h"

#include <algorithm>

namespace assay {

namespace {

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (char c : text) {
    out += c;
    if (c == '"') out += c;
  }
  return out + "\"";
}

std::string day(const ImpreciseDate& date) {
  return date.exact() ? date.to_string() : "some day in " + date.to_long_string();
}

std::string literal(const Value& value, const ValueType& type) {
  if (const auto* date = std::get_if<ImpreciseDate>(&value)) return day(*date);
  const std::string plain = to_plain(value, type);
  switch (type.kind) {
    case TypeKind::Percent:
      return plain + "%";
    case TypeKind::Points:
      return plain + " points";
    case TypeKind::Money:
      return "£" + plain;
    case TypeKind::Days:
      return plain + " days";
    case TypeKind::Months:
      return plain + " months";
    case TypeKind::Text:
      return quoted(plain);
    case TypeKind::Event:
      return "yes";
    case TypeKind::YesNo:
    case TypeKind::Whole:
    case TypeKind::Number:
    case TypeKind::Date:
    case TypeKind::Score:
    case TypeKind::Choice:
    case TypeKind::Scale:
      break;
  }
  return plain;
}

class Writer {
 public:
  Writer(const Rulebook& book, const Scenario& scenario) : book_(book), scenario_(scenario) {}

  std::string write(const std::string& remark) {
    line(0, "# " + remark);
    line(0, "scenario " + quoted(scenario_.title));
    for (const auto& [parameter, value] : scenario_.parameters) {
      const Parameter& def = book_.parameters[parameter.index];
      line(2, fmt::format("given parameter {} {}", name(def.name), literal(value, book_.type(def.type))));
    }
    for (const auto& subject : scenario_.subjects) given(subject);
    for (const auto& row : scenario_.rows) recorded(row);
    line(2, "as at " + scenario_.as_at.to_string());
    if (scenario_.known_on) line(2, "known on " + scenario_.known_on->to_string());
    for (const auto& expected : scenario_.expected) expect(expected);
    return std::move(out_);
  }

 private:
  void line(std::size_t indent, const std::string& text) { out_ += std::string(indent, ' ') + text + "\n"; }
  std::string name(const std::string& qualified) const { return name_in(book_, scenario_.ruleset, qualified); }
  static std::string last(const std::string& qualified) { return qualified.substr(qualified.rfind('.') + 1); }

  void given(const Scenario::Subject& subject) {
    const KindDef& kind = book_.schema.kind(subject.kind);
    std::string head = subject.link_from.empty()
                           ? fmt::format("given {} {}", kind.name, subject.name)
                           : fmt::format("given {} from {} to {}", kind.name, subject.link_from, subject.link_to);
    if (subject.from) head += " from " + subject.from->to_string();
    if (subject.to) head += " to " + subject.to->to_string();
    line(2, head);
    std::vector<std::string> rows;
    for (const auto& row : scenario_.rows)
      if (row.subject == subject.name && role_of(row) == FieldRole::Evidence) rows.push_back(written(row));
    for (std::size_t i = 0; i < rows.size(); ++i) line(4, rows[i] + (i + 1 < rows.size() ? "," : ""));
  }

  FieldRole role_of(const Scenario::Row& row) const { return book_.schema.field(row.field).role; }

  // Of a waiver or release: of what, whose, and on what terms.
  void recorded(const Scenario::Row& row) {
    const FieldRole role = role_of(row);
    if (role == FieldRole::Evidence) return;
    const std::string& field = book_.schema.field(row.field).name;
    const bool waiver = role == FieldRole::Waiver;
    const std::string& value = std::get<std::string>(row.value);
    std::string out = fmt::format("given {} of {} of {} by {}", waiver ? "waiver" : "release",
                                  name(field.substr(0, field.rfind('.'))), row.subject, quoted(row.source));
    if (waiver) out += " because " + quoted(value);
    if (!waiver && value != kReleasedToAnyone) out += " to " + quoted(value);
    if (row.to) out += " until " + row.to->to_string();
    if (row.from) out += " from " + row.from->to_string();
    if (row.recorded_on) out += " recorded on " + row.recorded_on->to_string();
    line(2, out);
  }

  std::string written(const Scenario::Row& row) const {
    const FieldDef& field = book_.schema.field(row.field);
    std::string out = book_.schema.kind(field.kind).relation ? last(field.name) : name(field.name);
    out +=
        " " + (row.standing == Standing::Held ? literal(row.value, field.type) : std::string(to_string(row.standing)));
    if (row.from) out += " from " + day(ImpreciseDate(*row.from, row.from_known_to));
    if (row.to) out += " to " + day(ImpreciseDate(*row.to, row.to_known_to));
    if (!row.source.empty()) out += " by " + row.source;
    if (row.recorded_on) out += " recorded on " + row.recorded_on->to_string();
    return out;
  }

  std::string whose(const std::string& subject) const {
    for (const auto& given : scenario_.subjects)
      if (given.name == subject && !given.link_from.empty()) return given.link_from + " to " + given.link_to;
    return subject;
  }

  void expect(const Scenario::Expected& expected) {
    using Form = ast::Expect::Form;
    const RuleId id = std::get<RuleId>(expected.target);
    const Rule& rule = book_.rule(id);
    const ValueType& type = book_.type(rule.type);
    std::string out = fmt::format("expect {} of {} is ", name(rule.name), whose(expected.subject));
    if (expected.form == Form::Value) out += literal(*expected.value, type);
    if (expected.form == Form::Raised) out += "raised";
    if (expected.form == Form::Waived) out += "waived";
    if (expected.form == Form::NotWaived) out += "not waived";
    if (expected.form == Form::Clear) out += "clear";
    if (expected.form == Form::Undetermined) out += "undetermined";
    if (expected.form == Form::NotApplicable) out += "not applicable";
    if (expected.form == Form::Unknown) out += "unknown";
    line(2, out);
  }

  const Rulebook& book_;
  const Scenario& scenario_;
  std::string out_;
};

}  // namespace

std::string to_text(const Rulebook& book, const Scenario& scenario, const std::string& remark) {
  return Writer(book, scenario).write(remark);
}

std::string name_in(const Rulebook& book, RulesetId ruleset, const std::string& qualified) {
  const auto& files = book.ruleset(ruleset).files;
  const auto below = [&](const std::string& name) { return qualified.starts_with(name + "."); };
  if (below(book.ruleset(ruleset).name)) return qualified.substr(book.ruleset(ruleset).name.size() + 1);
  for (std::uint32_t i = 0; i < book.tree.decl_count(); ++i) {
    const auto* use = std::get_if<ast::UseDecl>(&book.tree.decl({i}));
    const bool here = use && std::find(files.begin(), files.end(), book.tree.span(ast::DeclId{i}).file) != files.end();
    if (here && use->as && below(use->name.text)) return use->as->text + qualified.substr(use->name.text.size());
  }
  return qualified;
}

}  // namespace assay
