// assay whatif RULE SUBJECT: the outcome with evidence as somebody states it, beside the outcome as it stands; or,
// where nothing is stated, the least change of evidence that would make it another. Nothing is recorded.
#include "apps/cli/help.h"
#include "apps/cli/lines.h"
#include "apps/cli/why.h"
#include "engine/explain/because.h"
#include "engine/whatif/beside.h"
#include "engine/whatif/least_change.h"
#include "evidence/core/text.h"

namespace assay::cli {

namespace {

constexpr std::size_t kOthers = 12;  // outcomes that move with it
constexpr const char* kShape = "write: --given \"FIELD = VALUE\", \"FIELD of SUBJECT = VALUE from 2025-12-05\"";

struct Options {
  CommonOptions common;
  std::vector<std::string> given;
  std::string to, format = "text";
};

std::string trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(' ');
  if (begin == std::string_view::npos) return {};
  return std::string(text.substr(begin, text.find_last_not_of(' ') - begin + 1));
}

// In full, by its published code, or by a last part that only one field has.
Result<FieldId> find_field(const Rulebook& book, const std::string& text) {
  if (const auto field = book.schema.find_field(text)) return *field;
  std::vector<std::string> ending, all;
  FieldId found;
  for (std::uint32_t index = 0; index < book.schema.fields().size(); ++index) {
    const FieldDef& field = book.schema.fields()[index];
    if (field.role != FieldRole::Evidence) continue;
    all.push_back(field.name.substr(field.name.find_last_of('.') + 1));
    if (field.name.ends_with("." + text)) ending.push_back("`" + field.name + "`"), found = {index};
  }
  if (ending.size() == 1) return found;
  if (ending.size() > 1)
    return fail(ErrorCode::WrongUse, fmt::format("`{}` may be {}", text, join_words(ending, "or")), "--given",
                "write one of these");
  const auto near = near_name(text, all);
  return fail(ErrorCode::WrongUse, fmt::format("the rules have no evidence `{}`", text), "--given",
              near ? fmt::format("did you mean `{}`?", *near) : kShape);
}

// Whose it is where that is not said: the subject asked about, or of a link its one end of that kind.
std::optional<SubjectId> whose(const Snapshot& snapshot, SubjectId asked, KindId kind) {
  const Subject& who = snapshot.subject(asked);
  if (who.kind == kind) return asked;
  for (const auto& end : {who.from, who.to})
    if (end && snapshot.subject(*end).kind == kind) return *end;
  return std::nullopt;
}

Result<Stated> stated_in(const Asked& asked, SubjectId subject, const std::string& text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos)
    return fail(ErrorCode::WrongUse, fmt::format("`{}` says no value", text), "--given", kShape);
  std::string name = trimmed(std::string_view(text).substr(0, equals));
  std::string value = trimmed(std::string_view(text).substr(equals + 1));
  const Snapshot& snapshot = *asked.snapshot;
  std::string of;
  if (const std::size_t at = name.find(" of "); at != std::string::npos) {
    of = trimmed(std::string_view(name).substr(at + 4));
    name = trimmed(std::string_view(name).substr(0, at));
  }
  const auto field = find_field(asked.book(), name);
  if (!field) return tl::unexpected(field.error());
  Stated out;
  out.field = *field;
  const FieldDef& def = asked.book().schema.field(*field);
  if (!of.empty()) {
    auto found = find_subject(asked.book(), snapshot, asked.as_at, of);
    if (!found) return tl::unexpected(found.error());
    out.subject = *found;
  } else if (const auto own = whose(snapshot, subject, def.kind)) {
    out.subject = *own;
  }
  const std::string& kind = asked.book().schema.kind(def.kind).name;
  if ((of.empty() && !whose(snapshot, subject, def.kind)) || snapshot.subject(out.subject).kind != def.kind)
    return fail(ErrorCode::WrongUse, fmt::format("{} is evidence of a {}", def.name, kind), "--given",
                fmt::format("say of which: \"{} of {}:CODE = VALUE\"", def.name, kind));
  if (const std::size_t at = value.rfind(" from "); at != std::string::npos) {
    const auto from = read_date(trimmed(std::string_view(value).substr(at + 6)), "--given");
    if (!from) return tl::unexpected(from.error());
    out.from = *from;
    value = trimmed(std::string_view(value).substr(0, at));
  }
  if (value == "not held") return out;
  ValueType type = def.type;
  if (type.kind == TypeKind::Event) type.kind = TypeKind::YesNo;
  auto parsed = parse_value(value, type);
  if (!parsed)
    return fail(ErrorCode::WrongUse, fmt::format("{}: {}", def.name, parsed.error().message), "--given",
                parsed.error().help.empty() ? kShape : parsed.error().help);
  out.value = std::move(*parsed);
  return out;
}

Result<Wanted> wanted_in(const Rulebook& book, const Rule& rule, const std::string& text) {
  if (text.empty()) return Wanted();
  const ValueType& type = book.type(rule.type);
  if (!is_trigger(rule)) {
    auto value = parse_value(text, type);
    if (!value) return tl::unexpected(Error{ErrorCode::WrongUse, value.error().message, "--to", value.error().help});
    return Wanted(std::move(*value));
  }
  if (text == "raised" || text == "clear") return Wanted(Value(text == "raised"));
  return fail(ErrorCode::WrongUse, fmt::format("`{}` is neither raised nor clear", text), "--to",
              fmt::format("{} is one or the other", rule.name));
}

void print_beside(const Beside& found) {
  fmt::print("\nStated, and recorded nowhere\n");
  for (const StatedInWords& one : found.stated)
    print_lines("  ", fmt::format("{} of {}: {}, in place of {}", one.title, one.subject_name, one.now, one.was), 4);
  fmt::print("\n");
  print_lines("", fmt::format("{} ({}) of {}", found.title, found.rule, found.name), 2);
  print_lines("  as it stands:        ", found.as_it_stands);
  print_lines("  with what is stated: ", found.with_it + (found.with_it == found.as_it_stands ? " (the same)" : ""));
  if (!found.because.empty()) print_lines("    ", found.because, 6);
  fmt::print("\nOther outcomes that differ with it\n");
  if (found.others.empty()) fmt::print("  none\n");
  for (std::size_t i = 0; i < std::min(found.others.size(), kOthers); ++i) {
    const OtherMoved& one = found.others[i];
    print_lines("  ", fmt::format("{} ({}) of {}: {}, then {}", one.title, one.rule, one.name, one.was, one.now), 4);
  }
  if (found.others.size() > kOthers) fmt::print("  and {} more\n", found.others.size() - kOthers);
}

void print_least(const LeastChange& found, const std::string& says, const Rule& rule, const std::string& name) {
  fmt::print("\n");
  print_lines("", fmt::format("{} ({}) of {}: {}", rule.title, rule.name, name, says), 2);
  if (found.ways.empty()) {
    print_lines("  ", fmt::format("no change of one or two items of its own evidence makes it {}", found.wanted), 4);
  } else {
    const std::size_t items = found.ways.front().items.size();
    print_lines("  ",
                fmt::format("what would make it {}: {}", found.wanted,
                            items == 1 ? "one item of evidence, least change first"
                                       : "no single item; two together, least change first"),
                4);
  }
  for (std::size_t i = 0; i < found.ways.size(); ++i) {
    const Way& way = found.ways[i];
    std::string text;
    for (const ItemChanged& item : way.items) {
      const std::string whose = item.subject_name == name ? "" : " of " + item.subject_name;
      text += fmt::format("{}{}{}: {}, in place of {}", text.empty() ? "" : "; and ", item.title, whose, item.now,
                          item.was);
    }
    print_lines(fmt::format("  {}. ", i + 1), fmt::format("{} - gives {}", text, way.gives), 5);
  }
  if (found.cut)
    fmt::print("  not every pair was tried: {} were\n", counted(static_cast<std::int64_t>(found.tried), "change"));
  if (!found.not_tried.empty())
    print_lines("  not tried, being dates or texts: ", fmt::format("{}", fmt::join(found.not_tried, "; ")), 4);
  print_lines("  ", "Other things equal: this says what the rules would give, not what anyone should do", 4);
}

int whatif(Options& options) {
  Asked asked;
  if (const int exit = ask(options.common, asked); exit != kDone) return exit;
  const auto& words = options.common.words;
  if (words.size() < 2 || words.size() > 3)
    return wrong_use("a rule and a subject are wanted",
                     "for instance: assay whatif STORE cqc.local_authority.overall council:E06000001 --to good");
  if (!options.given.empty() && !options.to.empty())
    return wrong_use("of --given and --to only one can be said", "--to asks what would have to be given");
  const auto question = question_of(asked.book(), *asked.snapshot, asked.as_at, words);
  if (!question) return tell(question.error());
  const Rule& rule = asked.book().rule(question->rule);
  Evaluation evaluation(asked.book(), *asked.snapshot);
  const Outcome stands = outcome(evaluation, question->rule, question->subject, asked.as_at);
  const bool json = options.format == "json";
  const auto print_head = [&] {
    if (!json) fmt::print("As at {}, known on {}\n", asked.as_at.to_long_string(), asked.known_on.to_long_string());
  };
  if (options.given.empty()) {
    const auto wanted = wanted_in(asked.book(), rule, options.to);
    if (!wanted) return tell(wanted.error());
    if (std::holds_alternative<StageRule>(rule.body))
      return wrong_use(fmt::format("{} is a decision that people record", rule.name),
                       "ask about criteria to enter or leave a stage; `assay whynot` lists them");
    const LeastChange found = least_change(evaluation, stands, *wanted);
    print_head();
    if (json)
      fmt::print("{}\n", to_json(found, evaluation, stands));
    else
      print_least(found, in_words(stands, asked.book()), rule,
                  name_on(*asked.snapshot, question->subject, asked.as_at));
    return kDone;
  }
  std::vector<Stated> stated;
  for (const std::string& text : options.given) {
    auto one = stated_in(asked, question->subject, text);
    if (!one) return tell(one.error());
    stated.push_back(std::move(*one));
  }
  const Beside found = beside(evaluation, stands, stated);
  print_head();
  if (json)
    fmt::print("{}\n", to_json(found));
  else
    print_beside(found);
  return kDone;
}

}  // namespace

void add_whatif(Program& program) {
  auto options = std::make_shared<Options>();
  CLI::App* command = program.app.add_subcommand(
      "whatif", "an outcome with evidence as it is stated, or the least change of evidence that alters it");
  add_common(*command, options->common, "STORE RULE SUBJECT [OTHER_END]", true);
  command
      ->add_option("--given", options->given,
                   "\"FIELD = VALUE\", \"FIELD of SUBJECT = VALUE from DATE\", or not held: as often as wanted")
      ->type_name("TEXT")
      ->allow_extra_args(false);
  command->add_option("--to", options->to, "without --given: the outcome wanted, as good or clear (else another)")
      ->type_name("VALUE");
  command->add_option("--format", options->format, "text or json")->check(one_of({"text", "json"}));
  command->callback([&program, options] { program.exit = whatif(*options); });
}

}  // namespace assay::cli
