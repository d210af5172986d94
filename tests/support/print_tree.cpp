// Declarations of the picture, in the order written: the header, then a line for each clause that is there.
#include "tests/support/print_tree.h"

#include <array>

#include <fmt/format.h>

namespace assay::golden {

namespace {

constexpr std::array kTypes = {"yes/no", "whole", "decimal", "percent", "points", "money", "days",
                               "months", "date",  "text",    "score",   "choice", "scale", "event"};
constexpr std::array kBases = {"statute", "published", "guidance", "inferred", "proposed", "local"};
constexpr std::array kSeverities = {"low", "medium", "high", "commend"};
constexpr std::array kAims = {"outcomes", "inequalities", "productivity", "development"};
constexpr std::array kPurposes = {"judge", "improve", "inform"};
constexpr std::array kForms = {"", "not available", "suppressed", "not applicable", "complete", "withdrawn", "ended"};
constexpr std::array kExpected = {"",       "unknown",    "not applicable", "raised", "clear", "undetermined",
                                  "waived", "not waived", "mentions"};

template <class Enum, std::size_t N>
std::string word(const std::array<const char*, N>& words, Enum value) {
  return words.at(static_cast<std::size_t>(value));
}

std::string quoted(const std::string& text) { return "\"" + text + "\""; }
std::string names(const std::vector<ast::Name>& list) {
  std::string out;
  for (const ast::Name& name : list) out += (out.empty() ? "" : ", ") + name.text;
  return out;
}

class TreePrinter {
 public:
  explicit TreePrinter(const ast::Tree& tree) : tree_(tree) {}

  std::string print() {
    for (std::uint32_t i = 0; i < tree_.decl_count(); ++i) std::visit(*this, tree_.decl(ast::DeclId{i}));
    for (const ast::Name& name : tree_.dropped()) line("dropped " + name.text);
    return std::move(out_);
  }

  void operator()(const ast::RulesetDecl& decl) {
    line(decl.local ? fmt::format("local {} on {}", decl.name.text, decl.local->on.text) : "ruleset " + decl.name.text);
    clause("title", decl.title), clause("owner", decl.owner), clause("edition", decl.edition);
    if (decl.draft) inner("draft");
    clause("from", decl.from), clause("to", decl.to), clause("published", decl.published);
    clause("announced", decl.announced);
    if (decl.local) local(*decl.local);
  }
  void operator()(const ast::UseDecl& decl) {
    line("use " + decl.name.text);
    if (decl.as) inner("as " + decl.as->text);
    if (decl.edition) clause("edition", decl.edition->text);
  }
  void operator()(const ast::SourceDecl& decl) {
    line("source " + decl.name.text);
    clause("title", decl.title), clause("publisher", decl.publisher), clause("url", decl.url);
    clause("reference", decl.reference), clause("published", decl.published), clause("read on", decl.read_on);
    clause("announced", decl.announced), clause("from", decl.from), clause("to", decl.to);
    if (decl.superseded)
      inner(fmt::format("superseded by {} from {}", decl.superseded->by.text, decl.superseded->from.to_string()));
  }
  void operator()(const ast::ThemeDecl& decl) {
    line("theme " + decl.name.text);
    clause("title", decl.title);
  }
  void operator()(const ast::ScaleDecl& decl) {
    line("scale " + decl.name.text);
    clause("title", decl.title);
    for (const ast::ScaleLabel& label : decl.labels) inner("label " + label.name.text), more(label.title);
  }
  void operator()(const ast::KindDecl& decl) {
    line(fmt::format("kind {} plural {}", decl.name.text, decl.plural.text));
    clause("title", decl.title);
  }
  void operator()(const ast::RelationDecl& decl) {
    line(fmt::format("relation {} from {} to {}", decl.name.text, decl.from.text, decl.to.text));
    clause("title", decl.title);
    for (const ast::Attribute& each : decl.attributes)
      inner(fmt::format("with {} : {}", each.name.text, type(each.type))), more(each.title);
    for (const auto& each : decl.each)
      inner(fmt::format("each {} in at least {} {}", each.kind.text, each.at_least, each.other.text));
  }
  void operator()(const ast::EvidenceDecl& decl);
  void operator()(const ast::ParameterDecl& decl) {
    line(fmt::format("parameter {} : {}", decl.name.text, type(decl.type)));
    clause("title", decl.title);
    for (const ast::DatedValue& value : decl.values) dated(value);
    if (decl.standard_for) inner("standard for " + decl.standard_for->text);
    if (decl.local_may_tighten) inner("local may tighten");
    if (decl.local_may_set) inner("local may set");
    grounds(decl.grounds);
  }
  void operator()(const ast::DefineDecl& decl) {
    line(fmt::format("define {} of {} : {}", decl.name.text, decl.kind.text, type(decl.type)));
    clause("title", decl.title);
    inner("= " + expr(decl.value));
    for (const ast::But& but : decl.buts) {
      inner(fmt::format("but {} when {}", expr(but.value), expr(but.condition)));
      deeper([&] { clause("because", but.because), grounds(but.grounds); });
    }
    charge(decl.charge), grounds(decl.grounds);
  }
  void operator()(const ast::RatingDecl& decl) {
    line(fmt::format("rating {} of {} : {}", decl.name.text, decl.kind.text, decl.scale.text));
    clause("title", decl.title);
    inner("from " + expr(decl.from));
    for (const ast::Band& band : decl.bands) {
      inner(fmt::format("band {} {}..{}", band.label.text, band.low ? expr(*band.low) : "",
                        band.high ? expr(*band.high) : ""));
    }
    charge(decl.charge), grounds(decl.grounds);
  }
  void operator()(const ast::MethodDecl& decl) {
    std::string arguments;
    for (const ast::Name& name : decl.arguments) arguments += " " + name.text;
    line(fmt::format("method {}({}) : {}", decl.name.text, arguments.substr(1), type(decl.type)));
    clause("title", decl.title);
    inner("= " + expr(decl.value));
    grounds(decl.grounds);
  }
  void operator()(const ast::TableDecl& decl) {
    line(fmt::format("table {} of {} : {}", decl.name.text, decl.kind.text, type(decl.type)));
    clause("title", decl.title);
    for (const ast::ExprId input : decl.inputs) inner("input " + expr(input));
    inner(decl.unique ? "unique" : "first");
    for (const ast::TableRow& row : decl.rows) {
      std::string cells = row.otherwise ? " otherwise" : "";
      for (const auto& cell : row.cells) cells += cell ? fmt::format(" ({})", print_relation(tree_, *cell)) : " any";
      inner(fmt::format("row{} gives {}", cells, row.value ? expr(*row.value) : "unknown: " + row.because));
      grounds(row.grounds);
    }
    charge(decl.charge), grounds(decl.grounds);
  }
  void operator()(const ast::FlagDecl& decl) {
    line(fmt::format("flag {} of {}", decl.name.text, decl.kind.text));
    clause("title", decl.title);
    inner("severity " + word(kSeverities, decl.severity));
    if (decl.when) inner("when " + expr(*decl.when));
    if (decl.unless) inner("unless " + expr(*decl.unless));
    if (decl.says) text_template("says", *decl.says);
    if (decl.action) text_template("action", *decl.action);
    charge(decl.charge), grounds(decl.grounds);
  }
  void operator()(const ast::InteractionDecl& decl) {
    line("interaction " + decl.name.text);
    clause("title", decl.title);
    inner(fmt::format("along {} from {} to {}", decl.relation.text, decl.from.text, decl.to.text));
    if (decl.when) inner("when " + expr(*decl.when));
    for (const ast::Effect& effect : decl.effects) inner(print_effect(effect));
    if (decl.says) text_template("says", *decl.says);
    grounds(decl.grounds);
  }
  void operator()(const ast::RegimeDecl& decl);
  void operator()(const ast::ScenarioDecl& decl);

 private:
  void local(const ast::LocalPart& local) {
    std::string whose;
    for (const ast::OverlaySubject& each : local.subjects)
      whose += (whose.empty() ? " " : ", ") + quoted(each.code.text) + (each.as ? " as " + each.as->text : "");
    if (local.kind) inner("for " + local.kind->text + whose);
    for (const ast::SetValue& set : local.sets) inner("set " + set.parameter.text), dated(set.value);
  }
  void dated(const ast::DatedValue& value) {
    inner(fmt::format("= {} from {}", expr(value.value), value.from.to_string()));
    if (value.to) out_.insert(out_.size() - 1, " to " + value.to->to_string());
  }
  std::string expr(ast::ExprId id) const { return print_expr(tree_, id); }
  void line(std::string text) {
    while (text.ends_with(' ')) text.pop_back();  // what is missing leaves nothing behind
    out_ += std::string(indent_, ' ') + text + "\n";
  }
  void inner(const std::string& text) {
    deeper([&] { line(text); });
  }
  template <class Body>
  void deeper(Body body) {
    indent_ += 2;
    body();
    indent_ -= 2;
  }
  void more(const std::string& title) {
    if (!title.empty()) out_.insert(out_.size() - 1, " " + quoted(title));
  }
  void clause(const char* what, const std::string& text) {
    if (!text.empty()) inner(fmt::format("{} {}", what, quoted(text)));
  }
  void clause(const char* what, const std::optional<Date>& date) {
    if (date) inner(fmt::format("{} {}", what, date->to_string()));
  }
  void charge(const ast::Charge& charge) {
    for (const auto& who : charge.answers_to) inner("answers to " + named_or_told(who));
    for (const ast::Aim aim : charge.aims) inner("aim " + word(kAims, aim));
  }
  void grounds(const ast::Grounds& grounds) {
    if (grounds.basis) inner("basis " + word(kBases, grounds.basis->kind)), more(grounds.basis->remark);
    for (const ast::Citation& cite : grounds.cites) inner("cite " + cite.source.text), more(cite.place);
  }
  std::string type(const ast::TypeExpr& type) const {
    std::string out = type.kind ? word(kTypes, *type.kind) : type.scale->text;
    if (type.low) out += fmt::format(" {}..{}", expr(*type.low), expr(*type.high));
    return type.choices.empty() ? out : out + " " + names(type.choices);
  }
  void text_template(const char* what, const ast::Template& text) {
    std::string out = what;
    for (const auto& piece : text.pieces) {
      const auto* plain = std::get_if<std::string>(&piece);
      out += " " + (plain ? quoted(*plain) : expr(std::get<ast::ExprId>(piece)));
    }
    inner(out);
  }
  static std::string print_effect(const ast::Effect& effect);
  static std::string named_or_told(const std::variant<ast::Name, ast::Text>& who);
  void criteria(const ast::Criteria& criteria);
  void given_values(const std::vector<ast::GivenValue>& values);
  void given(const ast::Given& given);
  template <class Record>
  void recorded(const Record& record) {
    deeper(
        [&] { clause("until", record.until), clause("from", record.from), clause("recorded on", record.recorded_on); });
  }
  void expectation(const ast::Expect& expect);

  const ast::Tree& tree_;
  std::string out_;
  std::size_t indent_ = 0;
};

std::string TreePrinter::named_or_told(const std::variant<ast::Name, ast::Text>& who) {
  const auto* name = std::get_if<ast::Name>(&who);
  return name ? name->text : quoted(std::get<ast::Text>(who).text);
}

void TreePrinter::operator()(const ast::EvidenceDecl& decl) {
  line(fmt::format("evidence {} of {} : {}", decl.name.text, decl.kind.text, type(decl.type)));
  clause("title", decl.title);
  if (decl.code) clause("code", decl.code->text);
  if (decl.theme) inner("theme " + decl.theme->text);
  for (const auto& rank : decl.from) inner("from " + names(rank));
  for (const std::string& who : decl.informed_by) clause("informed by", who);
  if (decl.keep_for) inner("keep for " + decl.keep_for->to_string());
  if (decl.fresh_for) inner("fresh for " + decl.fresh_for->to_string());
  if (decl.due_within) inner("due within " + decl.due_within->to_string());
  if (decl.every) inner(fmt::format("every {}", to_string(*decl.every)));
  if (decl.direction != 0) inner(decl.direction > 0 ? "higher is better" : "lower is better");
  if (decl.may_not_apply) inner("may not apply");
  for (const ast::SeriesBreak& each : decl.breaks) {
    clause(fmt::format("break from {}", each.from.to_string()).c_str(), each.why);
    grounds(each.grounds);
  }
  clause("measures", decl.measures), clause("sector", decl.sector);
  if (decl.purpose) inner("purpose " + word(kPurposes, *decl.purpose));
  clause("judgement of", decl.judgement_of), clause("costs", decl.costs);
  for (const auto& asker : decl.asked_by) inner("asked by " + named_or_told(asker));
  if (decl.asked_of)
    inner(fmt::format("asked of {}{}", quoted(decl.asked_of->who),
                      decl.asked_of->every ? " every " + decl.asked_of->every->to_string() : ""));
  if (decl.serves_safety) inner("serves safety");
  charge(decl.charge);
  if (decl.proxy_for) inner("proxy for " + named_or_told(*decl.proxy_for));
  if (decl.not_before && decl.not_before->date) inner("not before " + decl.not_before->date->to_string());
  if (decl.not_before && !decl.not_before->date)
    inner(fmt::format("not before {} after {}", decl.not_before->after.to_string(), decl.not_before->event.text));
  grounds(decl.grounds);
}

std::string TreePrinter::print_effect(const ast::Effect& effect) {
  if (const auto* raise = std::get_if<ast::RaiseEffect>(&effect.effect)) {
    return fmt::format("effect raise {} on {}", raise->flag.text, raise->on.text);
  }
  if (const auto* share = std::get_if<ast::ShareEffect>(&effect.effect)) {
    return fmt::format("effect share {} of {} with {}", share->what.text, share->whose.text, share->with.text);
  }
  const auto& move = std::get<ast::TimetableEffect>(effect.effect);
  return fmt::format("effect {} {} of {} by {} decided by {}",
                     move.move == ast::TimetableEffect::Move::BringForward ? "bring forward" : "put back",
                     move.what.text, move.whose.text, move.by.to_string(), quoted(move.decided_by));
}

void TreePrinter::criteria(const ast::Criteria& criteria) {
  const bool counted = criteria.quantity == ast::Quantity::AtLeast;
  inner(counted                                   ? fmt::format("at least {} of", criteria.count)
        : criteria.quantity == ast::Quantity::Any ? "any of"
                                                  : "all of");
  for (const ast::Reason& reason : criteria.reasons) {
    deeper([&] { inner(fmt::format("{} {}", quoted(reason.title), expr(reason.condition))); });
  }
}

void TreePrinter::operator()(const ast::RegimeDecl& decl) {
  line(fmt::format("regime {} of {} starts in {}", decl.name.text, decl.kind.text, decl.starts_in.text));
  clause("title", decl.title), clause("decided by", decl.decided_by);
  charge(decl.charge);
  for (const ast::Stage& stage : decl.stages) {
    inner("stage " + stage.name.text), more(stage.title);
    deeper([&] { clause("decided by", stage.decided_by), grounds(stage.grounds); });
  }
  for (const ast::Enter& enter : decl.enters) {
    inner("enter " + enter.stage.text);
    deeper([&] { criteria(enter.criteria), charge(enter.charge), grounds(enter.grounds); });
  }
  for (const ast::Exit& exit : decl.exits) {
    inner(fmt::format("exit {} to {}", exit.from.text, exit.to.text));
    deeper([&] { criteria(exit.criteria), charge(exit.charge), grounds(exit.grounds); });
  }
}

void TreePrinter::given_values(const std::vector<ast::GivenValue>& values) {
  for (const ast::GivenValue& value : values) {
    std::string out = value.field.text + " " + word(kForms, value.form) + (value.value ? expr(*value.value) : "");
    if (value.from) out += " from " + value.from->to_string();
    if (value.to) out += " to " + value.to->to_string();
    if (value.recorded_on) out += " recorded on " + value.recorded_on->to_string();
    if (value.by) out += " by " + value.by->text;
    deeper([&] { inner(out); });
  }
}

void TreePrinter::given(const ast::Given& given) {
  if (const auto* parameter = std::get_if<ast::GivenParameter>(&given)) {
    inner(fmt::format("given parameter {} {}", parameter->name.text, expr(parameter->value)));
  } else if (const auto* link = std::get_if<ast::GivenLink>(&given)) {
    inner(fmt::format("given {} from {} to {}", link->relation.text, link->from.text, link->to.text));
    given_values(link->values);
  } else if (const auto* waiver = std::get_if<ast::GivenWaiver>(&given)) {
    inner(fmt::format("given waiver of {} of {} by {} because {}", waiver->flag.text, waiver->subject.text,
                      quoted(waiver->by), quoted(waiver->because)));
    recorded(*waiver);
  } else if (const auto* release = std::get_if<ast::GivenRelease>(&given)) {
    inner(fmt::format("given release of {} of {} by {}", release->field.text, release->subject.text,
                      quoted(release->by)));
    deeper([&] { clause("to", release->to); });
    recorded(*release);
  } else {
    const auto& subject = std::get<ast::GivenSubject>(given);
    std::string out = fmt::format("given {} {}", subject.kind.text, subject.name.text);
    if (subject.from) out += " from " + subject.from->to_string();
    if (subject.to) out += " to " + subject.to->to_string();
    inner(out);
    given_values(subject.values);
  }
}

void TreePrinter::expectation(const ast::Expect& expect) {
  std::string out = fmt::format("expect {} of {}", expect.target.text, expect.subject.text);
  if (expect.to) out += " to " + expect.to->text;
  out += " is " + word(kExpected, expect.form) + (expect.value ? expr(*expect.value) : "");
  if (expect.low) out += fmt::format(" {}..{}", expr(*expect.low), expr(*expect.high));
  if (!expect.mentions.empty()) out += " " + quoted(expect.mentions);
  for (const ast::ExpectedReason& reason : expect.because) {
    out += fmt::format(" because {}{} {}", reason.evidence.text, reason.of ? " of " + reason.of->text : "",
                       reason.reason.text);
  }
  inner(out);
}

void TreePrinter::operator()(const ast::ScenarioDecl& decl) {
  line("scenario " + quoted(decl.title.text));
  for (const ast::Given& each : decl.givens) given(each);
  clause("as at", decl.as_at), clause("known on", decl.known_on);
  for (const ast::Expect& each : decl.expects) expectation(each);
}

}  // namespace

std::string print_tree(const ast::Tree& tree) { return TreePrinter(tree).print(); }

}  // namespace assay::golden
