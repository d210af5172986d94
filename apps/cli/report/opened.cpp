// One explanation in full, each step once, indented by how deep it stands.
#include <set>

#include "apps/cli/report/parts.h"
#include "engine/explain/explanation.h"
#include "evidence/core/text.h"

namespace assay::cli {

namespace {

constexpr std::size_t kDeepest = 8;

std::string basis_of(const ProofStep& step) {
  std::string words = step.basis;
  if (!step.remark.empty() && words.find(step.remark) == std::string::npos)
    words += (words.empty() ? "" : ": ") + step.remark;
  for (const std::string& cite : step.cites) words += (words.empty() ? "" : "; ") + cite;
  if (!step.answers_to.empty()) words += fmt::format("; answers to {}", join_words(step.answers_to));
  if (!step.aims.empty()) words += fmt::format("; aim: {}", join_words(step.aims));
  for (const std::string& mark : step.marks) words += (words.empty() ? "" : "; ") + mark;
  if (!step.edition.empty()) words += fmt::format("; edition {}", step.edition);
  return words;
}

void set_leaf(data& out, const EvidenceLeaf& leaf) {
  set_or_false(out, "title", fmt::format("{}: {}", leaf.title, leaf.value));
  const std::string until = leaf.valid_to ? " to " + leaf.valid_to->to_long_string() : "";
  const std::string day = leaf.valid_from.exact() ? "" : "a day of ";
  set_or_false(out, "note",
               fmt::format("{}, from {}{}{}", leaf.subject_name, day, leaf.valid_from.to_long_string(), until));
  out.set("document",
          fmt::format("{}{}{} (source {})", leaf.document, leaf.place.empty() ? "" : ", ", leaf.place, leaf.source));
  out.set("recorded",
          fmt::format("row {}, recorded on {} by {}", leaf.row, leaf.recorded_on.to_long_string(), leaf.recorded_by));
  out.set("digest", leaf.digest.to_string());
  out.set("class", leaf.part == Part::Answers ? "leaf-row" : "leaf-row other");
}

data step_data(const ProofStep& step, std::size_t depth) {
  data out;
  out.set("depth", std::to_string(std::min(depth, kDeepest)));
  for (const char* key :
       {"title", "result", "words", "place", "note", "basis", "document", "recorded", "digest", "class"})
    out.set(key, "");
  if (step.leaf) {
    set_leaf(out, *step.leaf);
    return out;
  }
  if (step.absence) {
    set_or_false(
        out, "title",
        fmt::format("{} of {}: {}", step.absence->title, step.absence->subject_name, to_string(step.absence->kind)));
    set_or_false(out, "note", step.absence->detail);
    out.set("class", "absent");
    return out;
  }
  if (step.parameter) {
    set_or_false(out, "title",
                 fmt::format("{}: {}", step.parameter->title.empty() ? step.parameter->name : step.parameter->title,
                             step.parameter->value));
    set_or_false(out, "note", fmt::format("in force from {}", step.parameter->from.to_long_string()));
    set_or_false(out, "basis",
                 step.parameter->basis + (step.parameter->remark.empty() ? "" : ": " + step.parameter->remark));
    return out;
  }
  std::string title = step.title;
  if (step.kind == ProofStep::Kind::Rule && !step.subject_name.empty()) title += " of " + step.subject_name;
  set_or_false(out, "title", title);
  set_or_false(out, "result", step.result);
  set_or_false(out, "words", step.words);
  set_or_false(out, "place", step.place);
  set_or_false(out, "note",
               step.sentence.empty() ? step.note : step.sentence + (step.note.empty() ? "" : " " + step.note));
  set_or_false(out, "basis", basis_of(step));
  return out;
}

void add_steps(data& list, const Explanation& explanation, StepId id, std::size_t depth,
               std::set<std::uint32_t>& seen) {
  const ProofStep& step = explanation.steps[id.index];
  const bool again = !seen.insert(id.index).second;
  data out = step_data(step, depth);
  if (again && !step.children.empty()) set_or_false(out, "note", "opened above");
  list.push_back(out);
  if (again) return;
  for (StepId child : step.children) add_steps(list, explanation, child, depth + 1, seen);
}

}  // namespace

void add_opened(data& page, Evaluation& evaluation, const Outcome& opened) {
  const Explanation explanation = explain(evaluation, opened);
  data steps{data::type::list};
  std::set<std::uint32_t> seen;
  add_steps(steps, explanation, explanation.root, 0, seen);
  data section;
  section.set("paragraph", to_paragraph(explanation));
  section.set("steps", steps);
  section.set("digest", digest_of(explanation).to_string());
  page.set("opened", section);
}

}  // namespace assay::cli
