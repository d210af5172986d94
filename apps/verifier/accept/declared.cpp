// What the text declares of a rule, a parameter and a method: its title, edition and place, why it may be believed,
// whom it answers to, and a parameter's value on its day.
#include <fmt/format.h>

#include <algorithm>

#include "apps/verifier/accept/parts.h"
#include "apps/verifier/accept/sayings.h"

namespace assay::verifier {
namespace {

std::vector<std::string> cites_of(const Rulebook& book, const Grounds& grounds) {
  std::vector<std::string> words;
  for (const Citation& cite : grounds.cites) words.push_back(cite_words(book, cite));
  return words;
}

// The grounds that may stand for a rule's: its own, or those of the part of it that gave the answer.
std::vector<const Grounds*> grounds_of(const Rule& rule, const Rulebook& book) {
  std::vector<const Grounds*> found = {&rule.grounds};
  const auto add = [&](const Grounds& grounds) {
    if (grounds.basis || !grounds.cites.empty()) found.push_back(&grounds);
  };
  if (const auto* define = std::get_if<DefineRule>(&rule.body))
    for (const auto& but : define->buts) add(but.grounds);
  if (const auto* table = std::get_if<TableRule>(&rule.body))
    for (const auto& row : table->rows) add(row.grounds);
  if (const auto* stage = std::get_if<StageRule>(&rule.body))
    for (const StageInfo& info : book.regimes[stage->regime.index].stages) add(info.grounds);
  return found;
}

std::optional<std::string> fault_of_rule(const ExplainedStep& step, const Rule& rule, const Rulebook& book) {
  const bool stage = std::holds_alternative<StageRule>(rule.body);
  if ((step.text("kind") == "stage") != stage) return fmt::format("`{}` is no {}", rule.name, step.text("kind"));
  if (step.text("title") != rule.title)
    return fmt::format("its title is `{}`, not `{}`", rule.title, step.text("title"));
  if (step.text("edition") != edition_words(book, rule))
    return fmt::format("its edition is `{}`, not `{}`", edition_words(book, rule), step.text("edition"));
  const std::string place = place_words(book, rule.span);
  if (step.text("place") != place) return fmt::format("it stands at {}, not at {}", place, step.text("place"));
  const auto all = grounds_of(rule, book);
  if (std::none_of(all.begin(), all.end(), [&](const Grounds* each) { return says_grounds(step, *each, book); }))
    return fmt::format("the text gives it no basis `{}`{} with these citations", step.text("basis"),
                       step.text("remark").empty() ? "" : fmt::format(" (\"{}\")", step.text("remark")));
  std::vector<std::string> aims;
  for (const ast::Aim aim : rule.charge.aims) aims.emplace_back(to_string(aim));
  if (step.answers_to != rule.charge.answers_to || step.aims != aims)
    return "whom it answers to, or its aims, are not those of the text";
  return std::nullopt;
}

std::optional<std::string> fault_of_part(const ExplainedStep& step, const Rulebook& book) {
  if (step.text("basis").empty() && step.cites.empty() && step.text("remark").empty()) return std::nullopt;
  std::vector<const Grounds*> all;
  for (const Method& method : book.methods) all.push_back(&method.grounds);
  for (const Rule& rule : book.rules) {
    const auto more = grounds_of(rule, book);
    all.insert(all.end(), more.begin(), more.end());
  }
  for (const EvidenceNote& note : book.evidence)
    for (const Grounds& grounds : note.breaks) all.push_back(&grounds);
  const bool found = std::any_of(all.begin(), all.end(), [&](const Grounds* each) {
    return says_grounds(step, *each, book) ||
           (step.text("basis").empty() && step.cites == cites_of(book, *each) && step.text("remark").empty());
  });
  return found ? std::nullopt : std::optional(std::string("the text gives no such basis"));
}

std::optional<std::string> fault_of_method(const ExplainedStep& step, const Rulebook& book) {
  for (const Method& method : book.methods)
    if (step.text("title") == method.title && place_words(book, book.tree.span(method.value)) == step.text("place"))
      return says_grounds(step, method.grounds, book) ? std::nullopt
                                                      : std::optional(std::string("the text gives it no such basis"));
  return fmt::format("no method `{}` stands at {}", step.text("title"), step.text("place"));
}

}  // namespace

bool says_grounds(const ExplainedStep& step, const Grounds& grounds, const Rulebook& book) {
  const std::string_view basis = grounds.basis ? to_string(*grounds.basis) : std::string_view();
  return step.text("basis") == basis && step.text("remark") == grounds.remark && step.cites == cites_of(book, grounds);
}

std::string place_words(const Rulebook& book, Span span) {
  const SourceFile& file = book.sources.file(span.file);
  const std::string& path = file.path();
  const std::size_t slash = path.rfind('/');
  return fmt::format("{}:{}", slash == std::string::npos ? path : path.substr(slash + 1),
                     file.position(span.begin).line);
}

std::optional<std::string> fault_of_declared(const ExplainedStep& step, const Rulebook& book) {
  const std::string_view kind = step.text("kind"), name = step.text("rule");
  if (kind == "method") return fault_of_method(step, book);
  if (kind == "parameter") return std::nullopt;
  if (kind != "rule" && kind != "stage") {
    if (!name.empty()) return fmt::format("it is {} and names a rule, `{}`", kind, name);
    return fault_of_part(step, book);
  }
  std::optional<std::string> first;
  for (const Rule& rule : book.rules) {
    if (rule.name != name) continue;
    const auto fault = fault_of_rule(step, rule, book);
    if (!fault) return std::nullopt;
    if (!first) first = fault;
  }
  return first ? first : fmt::format("no rule is called `{}`", name);
}

std::optional<std::string> fault_of_parameter(const ExplainedStep& step, const Rulebook& book,
                                              const Derivation::Given& given) {
  if (step.text("kind") != "parameter") return std::nullopt;
  if (!step.parameter) return "it names no parameter";
  const auto said = [&](const char* key) {
    const auto found = step.parameter->find(key);
    return found == step.parameter->end() ? std::string() : found->second;
  };
  std::string why = fmt::format("no parameter is called `{}`", said("name"));
  for (std::uint32_t i = 0; i < book.parameters.size(); ++i) {
    const Parameter& parameter = book.parameters[i];
    if (parameter.name != said("name")) continue;
    const Grounds& grounds = parameter.grounds;
    if (said("basis") != (grounds.basis ? to_string(*grounds.basis) : std::string_view()) ||
        said("remark") != grounds.remark || step.parameter_cites != cites_of(book, grounds)) {
      why = fmt::format("the text gives `{}` another basis, or other citations", parameter.name);
      continue;
    }
    const std::string& title = parameter.title.empty() ? parameter.name : parameter.title;
    const Ruleset& of = book.ruleset(parameter.ruleset);
    const std::string local = fmt::format("{} ({})", title, of.title.empty() ? of.name : of.title);
    if (step.text("title") != (parameter.local_of.empty() ? title : local)) {
      why = fmt::format("its title is `{}`, not `{}`", title, step.text("title"));
      continue;
    }
    const ValueType& type = book.type(parameter.type);
    if (const auto put = given.find(i); put != given.end() && to_words(put->second, type) == step.text("result"))
      return said("from") == step.on.to_string() && said("to").empty() &&
                     step.text("place") == place_words(book, parameter.span)
                 ? std::nullopt
                 : std::optional(std::string("what is given in place of it has the day it is asked of, and no end"));
    for (const Parameter::Dated& dated : parameter.values)
      if (said("from") == dated.from.to_string() && said("to") == (dated.to ? dated.to->to_string() : std::string()) &&
          step.text("result") == to_words(dated.value, type) && step.text("place") == place_words(book, dated.span) &&
          step.on == dated.from)
        return std::nullopt;
    const bool open = step.text("result").starts_with("unknown") &&
                      std::none_of(parameter.values.begin(), parameter.values.end(), [&](const auto& dated) {
                        return dated.from <= step.on && (!dated.to || step.on <= *dated.to);
                      });
    if (open && said("from") == step.on.to_string() && said("to").empty() &&
        step.text("note") == fmt::format("no value in force on {}", step.on.to_long_string()) &&
        step.text("place") == place_words(book, parameter.span))
      return std::nullopt;
    why = fmt::format("`{}` is not `{}` from {}{} at {}", parameter.name, step.text("result"), said("from"),
                      said("to").empty() ? "" : " to " + said("to"), step.text("place"));
  }
  return why;
}

}  // namespace assay::verifier
