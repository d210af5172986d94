// An explanation for a terminal: a tree drawn with box characters. At most 12 members and 6 levels, then how to ask on
// (docs/language.md 10.2).
#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "engine/explain/explanation.h"
#include "engine/explain/words.h"
#include "engine/explain/wrap.h"
#include "evidence/core/text.h"

namespace assay {

namespace {

constexpr std::size_t kMembers = 12;
constexpr int kLevels = 6;
constexpr std::size_t kLabel = 9;    // columns of "approval "; a whole digest beside it takes 80
constexpr std::size_t kDigits = 16;  // of a digest cut short

using Kind = ProofStep::Kind;

class TreeWriter {
 public:
  TreeWriter(const Explanation& explanation, int width)
      : explanation_(explanation),
        width_(static_cast<std::size_t>(std::max(width, 20))),
        shown_(explanation.steps.size(), false) {}

  std::string write();

 private:
  // Who and when the reader is at, so that neither is repeated; and the rule to ask on with.
  struct At {
    std::string_view subject;
    Date on;
    const ProofStep* rule;
  };

  void put(const std::string& first, const std::string& rest, std::string_view text);
  void labelled(std::string_view label, std::string_view text);
  void node(StepId id, const std::string& prefix, bool last, int level, const At& at);
  void children(const ProofStep& step, const std::string& prefix, int level, const At& at);
  std::string head(const ProofStep& step, const At& at) const;
  std::vector<std::string> details(const ProofStep& step);
  void put_row(const std::string& margin, const EvidenceLeaf& leaf);
  std::string one_line(const ProofStep& member) const;
  const ProofStep& step(StepId id) const { return explanation_.steps[id.index]; }

  const Explanation& explanation_;
  std::size_t width_;
  std::vector<bool> shown_;
  std::set<std::string_view> marks_;  // said already: what an outcome rests on stands at its head
  std::string out_;
};

std::string short_digest(const Digest& digest) { return fmt::format("sha256:{}…", digest.to_hex().substr(0, kDigits)); }

// A link's code holds a sign that a shell would take for its own.
std::string ask_on(const ProofStep& step) {
  const bool link = step.subject.find('>') != std::string::npos;
  return fmt::format("assay why {} {} --as-at {}", step.rule, link ? "'" + step.subject + "'" : step.subject,
                     step.on.to_string());
}

std::string grounds_in_words(std::string_view basis, std::string_view remark, const std::vector<std::string>& cites) {
  std::string words = basis.empty() ? std::string() : basis_in_words(basis, remark);
  for (const std::string& cite : cites) words += fmt::format("{}{}", words.empty() ? "" : "; ", cite);
  return words;
}

void TreeWriter::put(const std::string& first, const std::string& rest, std::string_view text) {
  const std::size_t taken = std::max(columns_of(first), columns_of(rest));
  const std::size_t room = width_ > taken + 10 ? width_ - taken : 10;
  bool begun = false;
  for (std::string_view line : wrap(text, room)) {
    const std::string& lead = begun ? rest : first;
    out_ += lead;
    out_ += line;
    while (out_.back() == ' ') out_.pop_back();
    out_ += '\n';
    begun = true;
  }
}

void TreeWriter::labelled(std::string_view label, std::string_view text) {
  if (!text.empty()) put(fmt::format("{:<9}", label), std::string(kLabel, ' '), text);
}

std::string TreeWriter::head(const ProofStep& step, const At& at) const {
  const bool other_subject = !step.subject.empty() && step.subject != at.subject && step.kind != Kind::Member;
  const std::string of = other_subject ? fmt::format(" ({})", step.subject_name) : "";
  const bool is_rule = step.kind == Kind::Rule || step.kind == Kind::Stage;
  const std::string when = is_rule && step.on != at.on ? " on " + step.on.to_long_string() : "";
  if (step.kind == Kind::Criterion && !step.title.empty()) return fmt::format("\"{}\": {}", step.title, step.result);
  if (step.kind == Kind::Row) return fmt::format("also held: {} ({})", step.result, step.note);
  const std::string& name = step.title.empty() ? step.words : step.title;
  return fmt::format("{}{}{}: {}", name, of, when, step.result);
}

// What it says where that is not the result, from when, where it stands, who recorded it, and, where that was not the
// same day, when it was loaded. The row and its digest follow.
std::vector<std::string> leaf_lines(const EvidenceLeaf& leaf, const ProofStep& step) {
  std::vector<std::string> lines;
  const bool happened = leaf.value == "happened";
  if (leaf.value != step.result && !happened) lines.push_back("the row says: " + leaf.value);
  std::string what = happened ? leaf.valid_from.on_a_day() : period_in_words(leaf.valid_from, leaf.valid_to);
  if (!leaf.source.empty()) what += ", source " + leaf.source;
  for (const std::string& mark : step.marks) what += ", " + mark;
  lines.push_back(std::move(what));
  std::string where = leaf.document.empty() ? "document not named" : leaf.document;
  if (!leaf.place.empty()) where += ", " + leaf.place;
  lines.push_back(std::move(where));
  if (!leaf.note.empty()) lines.push_back(fmt::format("note: {}", leaf.note));
  std::string recorded = "recorded on " + leaf.recorded_on.to_long_string();
  if (!leaf.recorded_by.empty()) recorded += " by " + leaf.recorded_by;
  const auto loaded = Date::parse(leaf.imported_at.substr(0, std::min<std::size_t>(10, leaf.imported_at.size())));
  if (loaded && *loaded != leaf.recorded_on) recorded += ", loaded " + loaded->to_long_string();
  lines.push_back(std::move(recorded));
  return lines;
}

// The row with its digest, whole where that fits.
void TreeWriter::put_row(const std::string& margin, const EvidenceLeaf& leaf) {
  if (leaf.row == 0) return;
  const std::string digest = leaf.digest.to_string();
  if (columns_of(margin) + digest.size() > width_) {
    return put(margin, margin + "  ", fmt::format("row {}, {}", leaf.row, short_digest(leaf.digest)));
  }
  put(margin, margin + "  ", fmt::format("row {}", leaf.row));
  out_ += margin + digest + "\n";
}

// Below the first line of a step: the author's words, what was put in, why it may be believed.
std::vector<std::string> TreeWriter::details(const ProofStep& step) {
  std::vector<std::string> lines;
  const auto say = [&](std::string text) {
    if (!text.empty()) lines.push_back(std::move(text));
  };
  if (!step.sentence.empty()) say(fmt::format("\"{}\"", step.sentence));
  if (!step.action.empty()) say("what to do: " + step.action);
  if (!step.title.empty() && !step.words.empty()) {
    if (step.kind == Kind::Method)
      say(fmt::format("{} ({})", step.words, step.place));
    else
      say(step.rule.empty() ? step.words : fmt::format("rule: {} ({})", step.words, step.place));
  }
  if (step.kind != Kind::Row) say(step.note);
  if (step.absence) {
    const Absence& absence = *step.absence;
    // A complete register that holds none is no gap, and an edition of rules is not recorded evidence.
    const bool gap = step.result != "none" && absence.field.find('.') != std::string::npos;
    const bool stage = step.result == "no decision held";  // which the head says already
    if (!stage) say(gap ? fmt::format("{}: {}", to_string(absence.kind), absence.detail) : absence.detail);
    // What lies across a break is held, and would not compare whatever were added; what is too early takes time alone.
    const bool held = absence.detail.starts_with("not comparable") || absence.detail.starts_with("too early to judge");
    if (gap && absence.detail == kNotReleased)
      say(fmt::format("wanted: {}.release of {}", absence.field, absence.subject));
    else if (gap && !stage && !held)
      say(fmt::format("wanted: {} of {} for {}", absence.field, absence.subject, absence.on.to_long_string()));
  }
  if (step.leaf) {
    for (std::string& line : leaf_lines(*step.leaf, step)) say(std::move(line));
  }
  if (step.parameter) {
    if (step.note.empty())
      say(fmt::format("{}, {}", period_in_words(step.parameter->from, step.parameter->to), step.place));
    say(grounds_in_words(step.parameter->basis, step.parameter->remark, step.parameter->cites));
  }
  say(grounds_in_words(step.basis, step.remark, step.cites));
  if (!step.answers_to.empty()) say("answers to " + join_words(step.answers_to));
  if (!step.aims.empty()) say("aim: " + join_words(step.aims));
  if (step.leaf) return lines;
  for (const std::string& mark : step.marks) {
    if (marks_.insert(mark).second) say("rests on " + mark);
  }
  return lines;
}

// A member that did not decide: its value and where it stands.
std::string TreeWriter::one_line(const ProofStep& member) const {
  std::string line = fmt::format("{}: {}", member.title, member.result);
  if (!member.note.empty()) line += fmt::format(" ({})", member.note);
  if (member.proof) return line + ", explained by " + short_digest(*member.proof);
  if (member.children.size() != 1) return line;
  const ProofStep& only = step(member.children.front());
  if (only.leaf) {
    line += fmt::format("; {}", only.leaf->document.empty() ? "document not named" : only.leaf->document);
    if (!only.leaf->place.empty()) line += ", " + only.leaf->place;
    if (only.leaf->row != 0) line += ", " + short_digest(only.leaf->digest);
  } else if (!only.rule.empty()) {
    line += "; " + ask_on(only);
  } else if (only.absence) {
    line += fmt::format("; {}: {}", to_string(only.absence->kind), only.absence->detail);
  }
  return line;
}

void TreeWriter::children(const ProofStep& step, const std::string& prefix, int level, const At& at) {
  const std::size_t all = step.children.size();
  const std::size_t shown = std::min(all, kMembers);
  for (std::size_t i = 0; i < shown; ++i) node(step.children[i], prefix, i + 1 == all, level, at);
  if (shown == all) return;
  std::string rest = fmt::format("and {} more", all - shown);
  if (at.rule) rest += fmt::format(": {} --format json", ask_on(*at.rule));
  put(prefix + "└─ ", prefix + "     ", rest);
}

void TreeWriter::node(StepId id, const std::string& prefix, bool last, int level, const At& at) {
  const ProofStep& here = step(id);
  const std::string first = prefix + (last ? "└─ " : "├─ "), below = prefix + (last ? "   " : "│  ");
  const bool line_only = here.kind == Kind::Member && (here.subject.empty() || here.children.empty());
  if (line_only) return put(first, below + "  ", one_line(here));
  const bool seen = shown_[id.index];
  put(first, below + "  ", head(here, at) + (seen ? " (shown above)" : ""));
  if (seen) return;
  const bool askable = !here.rule.empty();
  const bool cut = askable && level >= kLevels && !here.children.empty();
  shown_[id.index] = !cut;
  const bool parent = !here.children.empty() && !cut;
  const std::string margin = below + (parent ? "│  " : "   ");
  for (const std::string& line : details(here)) put(margin, margin + "  ", line);
  if (here.leaf) put_row(margin, *here.leaf);
  if (cut) return put(below + "   ", below + "     ", "to go on: " + ask_on(here));
  At next = at;
  if (!here.subject.empty()) next.subject = here.subject;
  if (askable) next.rule = &here;
  next.on = here.on;
  children(here, below, level + 1, next);
}

std::string TreeWriter::write() {
  const ProofStep& root = step(explanation_.root);
  shown_[explanation_.root.index] = true;
  put("", "  ", fmt::format("{}: {}", root.title, root.result));
  put("", "  ",
      fmt::format("{}, as at {}, known on {}", root.subject_name, explanation_.as_at.to_long_string(),
                  explanation_.known_on.to_long_string()));
  out_ += '\n';
  if (!root.sentence.empty()) put("", "", fmt::format("\"{}\"", root.sentence));
  labelled("because", root.note);
  labelled("to do", root.action);
  labelled("rule", root.words);
  labelled("basis", root.basis.empty() ? "none stated" : basis_in_words(root.basis, root.remark));
  for (const std::string& cite : root.cites) labelled("cites", cite);
  if (!root.answers_to.empty()) labelled("answers", "to " + join_words(root.answers_to));
  labelled("aim", join_words(root.aims));
  for (const std::string& mark : root.marks) {
    labelled("rests on", mark);
    marks_.insert(mark);
  }
  labelled("edition", fmt::format("{} ({})", root.edition, root.place));
  labelled("asked", fmt::format("{} of {}", root.rule, root.subject));
  const At at{root.subject, root.on, &root};
  children(root, "", 1, at);
  out_ += '\n';
  labelled("approval", explanation_.approval);
  labelled("digest", digest_of(explanation_).to_string());
  return std::move(out_);
}

}  // namespace

std::string to_tree(const Explanation& explanation, int width) { return TreeWriter(explanation, width).write(); }

}  // namespace assay
