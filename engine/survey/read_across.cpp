// The sides of an interaction: what its condition rests on and its effects name, by whose it is and under which theme.
#include "engine/survey/read_across.h"

#include <algorithm>

#include "engine/plan/plan.h"
#include "evidence/core/canonical_json.h"

namespace assay {

namespace {

// A theme stands as its author wrote it, perhaps with the ruleset that declares it before the dot.
std::string title_of_theme(const Rulebook& book, FieldId field) {
  const std::string& written = book.evidence[field.index].theme;
  if (written.empty()) return "";
  const std::string theme = written.substr(written.rfind('.') + 1);
  for (std::uint32_t i = 0; i < book.tree.decl_count(); ++i) {
    const auto* decl = std::get_if<ast::ThemeDecl>(&book.tree.decl(ast::DeclId{i}));
    if (decl != nullptr && decl->name.text == theme) return decl->title.empty() ? theme : decl->title;
  }
  return theme;
}

void add_once(std::vector<FieldId>& fields, FieldId field) {
  if (std::ranges::find(fields, field) == fields.end()) fields.push_back(field);
}

// Evidence and recorded stages of bodies; registers, links and records of waivers are no theme's.
bool is_of_a_body(const Rulebook& book, FieldId field) {
  const FieldDef& def = book.schema.field(field);
  const KindDef& kind = book.schema.kind(def.kind);
  return !kind.relation && def.role == FieldRole::Evidence && kind.register_field != field && kind.alias_field != field;
}

struct Sides {
  std::vector<FieldId> rests_on, shared;
};

Sides sides_of(const Rulebook& book, RuleId id) {
  Sides out;
  for (const FieldId field : fields_read(book, id)) add_once(out.rests_on, field);
  for (const auto& effect : std::get<InteractionRule>(book.rule(id).body).effects) {
    if (const auto* move = std::get_if<TimetableMove>(&effect)) add_once(out.rests_on, move->what);
    if (const auto* share = std::get_if<SharedEvidence>(&effect)) {
      add_once(out.rests_on, share->what);
      add_once(out.shared, share->what);
    }
  }
  std::ranges::sort(out.rests_on);
  return out;
}

// What stands on the side of one kind, theme by theme. A side without evidence is there all the same.
std::vector<ThemeSide> themes_of(const Rulebook& book, KindId kind, const std::vector<FieldId>& fields) {
  std::vector<ThemeSide> out;
  for (const FieldId field : fields) {
    if (book.schema.field(field).kind != kind || !is_of_a_body(book, field)) continue;
    ThemeSide side{book.schema.kind(kind).title, framework_of(book, field), title_of_theme(book, field), {}};
    auto same = std::ranges::find_if(
        out, [&](const ThemeSide& other) { return other.framework == side.framework && other.theme == side.theme; });
    if (same == out.end()) same = out.insert(out.end(), std::move(side));
    same->evidence.push_back(field);
  }
  if (out.empty()) out.push_back({book.schema.kind(kind).title, "", "", {}});
  return out;
}

std::vector<FieldId> shared_of(const std::vector<FieldId>& shared, const ThemeSide& from, const ThemeSide& to) {
  std::vector<FieldId> out;
  for (const FieldId field : shared) {
    const bool here = std::ranges::find(from.evidence, field) != from.evidence.end() ||
                      std::ranges::find(to.evidence, field) != to.evidence.end();
    if (here) out.push_back(field);
  }
  return out;
}

void write_evidence(JsonWriter& out, const std::vector<FieldId>& fields, const Rulebook& book) {
  out.key("evidence").begin_array();
  for (const FieldId field : fields) {
    out.begin_object();
    out.field("evidence", book.schema.field(field).name);
    out.key("held_by").begin_array();
    for (const std::string& who : held_by(book, field)) out.text(who);
    out.end_array();
    out.field("title", book.schema.field(field).title);
    out.end_object();
  }
  out.end_array();
}

void write_side(JsonWriter& out, std::string_view key, const ThemeSide& side, const Rulebook& book) {
  out.key(key).begin_object();
  write_evidence(out, side.evidence, book);
  if (!side.framework.empty()) out.field("framework", side.framework);
  out.field("kind", side.kind);
  if (!side.theme.empty()) out.field("theme", side.theme);
  out.end_object();
}

// `along membership from ics to council`, of a relation from council to ics.
bool reads_backwards(const Rulebook& book, const Rule& rule, const KindDef& relation) {
  if (relation.from == relation.to) return false;
  for (std::uint32_t i = 0; i < book.tree.decl_count(); ++i) {
    const auto* decl = std::get_if<ast::InteractionDecl>(&book.tree.decl(ast::DeclId{i}));
    if (decl != nullptr && book.tree.span(ast::DeclId{i}) == rule.span)
      return decl->from.text == book.schema.kind(relation.to).name;
  }
  return false;
}

}  // namespace

ReadAcross read_across_of(const Rulebook& rulebook, const EditionAsked& asked) {
  ReadAcross out{.as_at = asked.as_at, .cells = {}};
  for (const RuleId id : plan(rulebook, asked).rules) {
    const Rule& rule = rulebook.rule(id);
    const auto* interaction = std::get_if<InteractionRule>(&rule.body);
    if (interaction == nullptr || rule.local_of) continue;
    const KindDef& relation = rulebook.schema.kind(interaction->relation);
    const bool turned = reads_backwards(rulebook, rule, relation);
    const Sides sides = sides_of(rulebook, id);
    for (const ThemeSide& from : themes_of(rulebook, turned ? relation.to : relation.from, sides.rests_on))
      for (const ThemeSide& to : themes_of(rulebook, turned ? relation.from : relation.to, sides.rests_on))
        out.cells.push_back({id, from, to, shared_of(sides.shared, from, to)});
  }
  return out;
}

std::string to_json(const ReadAcross& matrix, const Rulebook& rulebook) {
  JsonWriter out;
  out.begin_object();
  out.field("as_at", matrix.as_at.to_string());
  out.key("cells").begin_array();
  for (const ReadAcrossCell& cell : matrix.cells) {
    const Rule& rule = rulebook.rule(cell.interaction);
    out.begin_object();
    write_side(out, "from", cell.from, rulebook);
    out.field("interaction", rule.name);
    out.key("shared").begin_array();
    for (const FieldId field : cell.shared) out.text(rulebook.schema.field(field).name);
    out.end_array();
    out.field("title", rule.title);
    write_side(out, "to", cell.to, rulebook);
    out.end_object();
  }
  out.end_array();
  out.field("format", "assay.read_across/1");
  out.end_object();
  return out.take();
}

}  // namespace assay
