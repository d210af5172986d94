// The map, line by line.
#include "engine/survey/accountability.h"

#include <algorithm>
#include <tuple>

#include "engine/plan/plan.h"
#include "evidence/core/canonical_json.h"

namespace assay {

namespace {

struct Sorted {
  std::uint32_t kind;
  Answering line;
};

void add(const Rulebook& book, std::vector<Sorted>& lines, KindId kind, const Charge& charge, const Answering& like) {
  for (const std::string& to : charge.answers_to) {
    Answering line = like;
    line.kind = book.schema.kind(kind).title;
    line.to = to;
    for (const ast::Aim aim : charge.aims) line.aims.emplace_back(to_string(aim));
    lines.push_back({kind.index, std::move(line)});
  }
}

bool is_duty(const Rule& rule) {
  return rule.grounds.basis == ast::BasisKind::Statute && !std::holds_alternative<InteractionRule>(rule.body) &&
         !std::holds_alternative<StageRule>(rule.body);
}

std::string basis_of(const Grounds& grounds) { return grounds.basis ? std::string(to_string(*grounds.basis)) : ""; }

}  // namespace

Accountability accountability_of(const Rulebook& rulebook, const EditionAsked& asked) {
  Accountability out{.as_at = asked.as_at, .lines = {}, .to_nobody = {}};
  std::vector<Sorted> lines;
  for (const RuleId id : plan(rulebook, asked).rules) {
    const Rule& rule = rulebook.rule(id);
    if (rule.local_of || std::holds_alternative<UnsupportedRule>(rule.body)) continue;
    add(rulebook, lines, rule.kind, rule.charge,
        {.kind = {},
         .to = {},
         .what = rule.title,
         .name = rule.name,
         .ruleset = title_of(rulebook.ruleset(rule.ruleset)),
         .basis = basis_of(rule.grounds),
         .aims = {}});
    if (is_duty(rule) && rule.charge.answers_to.empty()) out.to_nobody.push_back(id);
  }
  for (const FieldId id : evidence_in_force(rulebook, asked)) {
    const FieldDef& field = rulebook.schema.field(id);
    const EvidenceNote& note = rulebook.evidence[id.index];
    add(rulebook, lines, field.kind, note.charge,
        {.kind = {},
         .to = {},
         .what = field.title,
         .name = field.name,
         .ruleset = framework_of(rulebook, id),
         .basis = basis_of(note.grounds),
         .aims = {}});
  }
  std::ranges::stable_sort(lines, [](const Sorted& a, const Sorted& b) {
    return std::tie(a.kind, a.line.to) < std::tie(b.kind, b.line.to);
  });
  for (Sorted& each : lines) out.lines.push_back(std::move(each.line));
  return out;
}

std::string to_json(const Accountability& map, const Rulebook& rulebook) {
  JsonWriter out;
  out.begin_object();
  out.key("answers").begin_array();
  for (const Answering& line : map.lines) {
    out.begin_object();
    if (!line.aims.empty()) {
      out.key("aims").begin_array();
      for (const std::string& aim : line.aims) out.text(aim);
      out.end_array();
    }
    if (!line.basis.empty()) out.field("basis", line.basis);
    out.field("kind", line.kind);
    out.field("name", line.name);
    out.field("ruleset", line.ruleset);
    out.field("title", line.what);
    out.field("to", line.to);
    out.end_object();
  }
  out.end_array();
  out.field("as_at", map.as_at.to_string());
  out.field("format", "assay.accountability/2");
  out.key("to_nobody").begin_array();
  for (const RuleId rule : map.to_nobody) out.text(rulebook.rule(rule).name);
  out.end_array();
  out.end_object();
  return out.take();
}

}  // namespace assay
