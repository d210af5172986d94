// Why an outcome is what it is: a graph of steps, each (rule, subject, moment) once, every path ending in a row of
// evidence, a dated parameter or a named absence. Made on demand by asking the evaluation again. docs/language.md 10
// says what each construct shows.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/eval/evaluation.h"
#include "engine/eval/outcome.h"
#include "evidence/core/digest.h"

namespace assay {

using StepId = Id<struct StepTag>;

// A row of evidence as an auditor needs it: nothing in it has to be looked up.
struct EvidenceLeaf {
  std::string subject, subject_name, field, title, value;  // value in words; of a hole what it says
  std::int64_t row = 0;
  ImpreciseDate valid_from;
  std::optional<ImpreciseDate> valid_to;
  std::string source, document, place, note;
  Date recorded_on;
  std::string recorded_by, imported_at;
  Digest digest;
  Part part = Part::Answers;
};
// Nothing is held: what, of whom, for when, and why that leaves the answer open.
struct Absence {
  std::string subject, subject_name, field, title, detail;
  Date on;
  ReasonKind kind = ReasonKind::Missing;
};
struct ParameterLeaf {
  std::string name, title, value;
  Date from;
  std::optional<Date> to;
  std::string basis, remark;
  std::vector<std::string> cites;
};

// An inner step: a rule, or a part of one.
struct ProofStep {
  enum class Kind {
    Rule,
    Condition,
    Comparison,
    Aggregate,
    Member,
    Consecutive,
    Exception,
    Criterion,
    Stage,
    Evidence,
    Row,  // another row that bears on the evidence above it
    Absence,
    Parameter,
    Amount,
    Method,
    TableRow
  };
  Kind kind = Kind::Condition;
  std::string title;  // of a rule: its title; of a reason: its name; of a member: its subject
  std::string rule;   // of a rule: its qualified name
  std::string subject, subject_name;
  Date on;                             // effective date
  std::string words;                   // the author's own words
  std::string place;                   // where they stand: file:line
  std::string result;                  // in words: "raised", "78%", "no", "unknown, 53% to 56%"
  std::string note;                    // values put in, distance to turning, counts, "3 more were not needed"
  std::optional<Digest> proof;         // of a member shown in one line: of its own explanation
  std::string edition, basis, remark;  // of a rule
  std::vector<std::string> cites, marks;
  std::vector<std::string> answers_to, aims;  // of a rule: who holds the body to it, and what it is for
  std::string action;                         // of a raised flag: what to do
  std::string sentence;                       // of a flag or interaction: what it says, filled in
  std::vector<StepId> children;
  // At most one of these: where the path ends. Never changed once made, so that copies of a step share it.
  std::shared_ptr<const EvidenceLeaf> leaf;
  std::shared_ptr<const Absence> absence;
  std::shared_ptr<const ParameterLeaf> parameter;
};

struct Explanation {
  std::vector<ProofStep> steps;  // steps[root.index] is the outcome itself
  StepId root;
  Date as_at, known_on;
  // Whether the text of its ruleset is approved: a matter of the trail, put in by whoever has one to ask. Not part of
  // the JSON, so that an approval changes no digest.
  std::string approval = "none recorded";
};

Explanation explain(Evaluation& evaluation, const Outcome& outcome);

// Makes the explanations of many outcomes of one evaluation, keeping what they share: the author's words, names, the
// digests of members' own proofs. Gives what explain() gives. The evaluation must outlive it.
class Explainer {
 public:
  explicit Explainer(Evaluation& evaluation);
  ~Explainer();
  Explanation explain(const Outcome& outcome);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// For a terminal: a tree, at most 12 members and 6 levels, saying how to ask on; lines at most `width` columns.
std::string to_tree(const Explanation& explanation, int width = 80);
// One paragraph of plain English that ends in documents.
std::string to_paragraph(const Explanation& explanation);
// Canonical JSON (docs/formats/explanation.md): each step once. The digest is of these bytes.
std::string to_json(const Explanation& explanation);
Digest digest_of(const Explanation& explanation);

}  // namespace assay
