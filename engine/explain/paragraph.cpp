// An explanation as one paragraph of plain English that ends in documents.
#include <algorithm>

#include <fmt/format.h>

#include "engine/explain/explanation.h"
#include "engine/explain/rests.h"
#include "engine/explain/words.h"
#include "evidence/core/text.h"

namespace assay {

namespace {

constexpr std::size_t kNamed = 12;  // leaves named one by one

// "CQC report, recorded on 12 August 2025 by A. Officer".
std::string document_of(const EvidenceLeaf& leaf) {
  std::string words = leaf.document.empty() ? "a document not named" : leaf.document;
  words += fmt::format(", recorded on {}", leaf.recorded_on.to_long_string());
  if (!leaf.recorded_by.empty()) words += " by " + leaf.recorded_by;
  return words;
}

// "Assessing needs 1 (page 12)". Of a register the value is the name, which says all.
std::string leaf_in_words(const EvidenceLeaf& leaf, std::string_view root_subject) {
  const bool registered = leaf.field.ends_with(".register");
  std::string words =
      registered ? fmt::format("{}: {}", leaf.title, leaf.value) : fmt::format("{} {}", leaf.title, leaf.value);
  if (!registered && leaf.subject != root_subject)
    words = fmt::format("{} of {} {}", leaf.title, leaf.subject_name, leaf.value);
  if (!leaf.place.empty()) words += fmt::format(" ({})", leaf.place);
  return words;
}

// Values of one document said together, then the document.
std::vector<std::string> by_document(const std::vector<const EvidenceLeaf*>& leaves, std::string_view root_subject) {
  std::vector<std::pair<std::string, std::vector<std::string>>> groups;
  const std::size_t shown = std::min(leaves.size(), kNamed);
  for (std::size_t i = 0; i < shown; ++i) {
    const std::string document = document_of(*leaves[i]);
    auto group = std::find_if(groups.begin(), groups.end(), [&](const auto& g) { return g.first == document; });
    if (group == groups.end()) group = groups.insert(groups.end(), {document, {}});
    group->second.push_back(leaf_in_words(*leaves[i], root_subject));
  }
  std::vector<std::string> parts;
  for (const auto& [document, values] : groups)
    parts.push_back(fmt::format("{}, in {}", fmt::join(values, ", "), document));
  if (shown < leaves.size()) parts.push_back(fmt::format("and {} more rows", leaves.size() - shown));
  return parts;
}

std::string grounds_sentence(const ProofStep& root) {
  std::string words;
  if (root.basis.empty()) {
    words = " No basis is stated for the rule";
  } else {
    words = fmt::format(" The rule is {}", basis_in_words(root.basis, root.remark));
  }
  if (!root.cites.empty()) words += fmt::format(" ({})", fmt::join(root.cites, "; "));
  return words + ".";
}

}  // namespace

std::string to_paragraph(const Explanation& explanation) {
  const ProofStep& root = explanation.steps[explanation.root.index];
  std::string out =
      fmt::format("As at {}, with what was recorded by {}, \"{}\" is {} for {}", explanation.as_at.to_long_string(),
                  explanation.known_on.to_long_string(), root.title, root.result, root.subject_name);
  out += root.sentence.empty() ? "." : fmt::format(": \"{}\".", root.sentence);
  if (!root.note.empty()) out += fmt::format(" Found: {}.", root.note);
  if (!root.action.empty()) out += fmt::format(" What to do: {}.", root.action);
  if (!root.words.empty()) out += fmt::format(" The rule, in {} ({}), says: {}.", root.edition, root.place, root.words);
  out += grounds_sentence(root);
  if (!root.answers_to.empty()) out += fmt::format(" It answers to {}.", join_words(root.answers_to));
  if (!root.aims.empty()) out += fmt::format(" Its aim: {}.", join_words(root.aims));
  for (const std::string& mark : root.marks) out += fmt::format(" It rests on {}.", mark);
  const Rests rests = rests_on(explanation);
  std::vector<std::string> parameters, absences;
  for (const ParameterLeaf* parameter : rests.parameters) {
    const std::string words =
        fmt::format("{} ({}; {})", parameter->title, parameter->value, basis_in_words(parameter->basis, ""));
    if (std::find(parameters.begin(), parameters.end(), words) == parameters.end()) parameters.push_back(words);
  }
  for (const Absence* absence : rests.absences) {
    const std::string of = absence->subject == root.subject ? "" : " of " + absence->subject_name;
    absences.push_back(fmt::format("{}{} ({}: {})", absence->title, of, to_string(absence->kind), absence->detail));
  }
  if (!parameters.empty()) out += fmt::format(" It uses {}.", join_words(parameters));
  if (!absences.empty()) out += fmt::format(" Not known: {}.", join_words(absences));
  for (const EvidenceLeaf* leaf : rests.others) {
    out += fmt::format(" Also held: {}, in {}; it {}.", leaf_in_words(*leaf, root.subject), document_of(*leaf),
                       part_in_words(leaf->part));
  }
  out +=
      explanation.approval.starts_with("approved") || explanation.approval.starts_with("draft")
          ? fmt::format(" The ruleset is {}{}.", explanation.approval.front() == 'd' ? "a " : "", explanation.approval)
          : fmt::format(" Approval: {}.", explanation.approval);
  if (!rests.answers.empty())
    out += fmt::format(" The evidence: {}.", fmt::join(by_document(rests.answers, root.subject), "; "));
  return out;
}

}  // namespace assay
