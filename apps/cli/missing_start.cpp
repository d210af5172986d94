// assay missing, where much is open: where to start.
#include <map>

#include "apps/cli/lines.h"
#include "apps/cli/missing.h"
#include "engine/eval/outcome.h"
#include "engine/eval/words.h"

namespace assay::cli {

namespace {

struct Piece {
  FieldId field;
  SubjectId subject;
  std::string title;
  std::size_t alone = 0, others = 0;  // outcomes that wait for it and nothing else; that wait for more besides
  bool registered = false;            // rules that are not in force: there is nothing to record
  bool mended = true;                 // whether recording it would help: not what is too early, or lies across a break
};

std::vector<Piece> pieces(const Asked& asked, const std::vector<Outcome>& open) {
  std::map<std::tuple<FieldId, SubjectId, std::string>, std::size_t> place;
  std::vector<Piece> out;
  for (const Outcome& outcome : open) {
    std::vector<std::size_t> wanted;
    for (const Reason& reason : outcome.cell.why) {
      const std::string title = wanting_title(reason, asked.book().schema);
      const auto [at, is_new] = place.try_emplace({reason.field, reason.subject, title}, out.size());
      const bool registered = reason.detail == title;
      const bool mended =
          !registered && !reason.detail.starts_with("too early") && !reason.detail.starts_with("not comparable");
      if (is_new)
        out.push_back({.field = reason.field, .subject = reason.subject, .title = title, .registered = registered});
      out[at->second].mended = out[at->second].mended && mended;
      if (std::ranges::find(wanted, at->second) == wanted.end()) wanted.push_back(at->second);
    }
    for (const std::size_t at : wanted) ++(wanted.size() == 1 ? out[at].alone : out[at].others);
  }
  std::ranges::stable_sort(out, [](const Piece& a, const Piece& b) {
    return std::tuple(!a.mended, b.alone, b.others) < std::tuple(!b.mended, a.alone, a.others);
  });
  return out;
}

std::string does(const Piece& piece) {
  const auto outcomes = [](std::size_t count) { return counted(static_cast<std::int64_t>(count), "outcome"); };
  if (piece.alone == 0) return fmt::format("{} wait for it, with more besides", outcomes(piece.others));
  std::string words = fmt::format("settles {} by itself", outcomes(piece.alone));
  if (piece.others > 0) words += fmt::format("; {} more wait for it, with more besides", piece.others);
  return words;
}

}  // namespace

void print_start(const Asked& asked, const std::vector<Outcome>& open) {
  constexpr std::size_t kShown = 10;
  const std::vector<Piece> all = pieces(asked, open);
  const Snapshot& snapshot = *asked.snapshot;
  fmt::print("\nStart here: of {}, those that settle most\n",
             counted(static_cast<std::int64_t>(all.size()), "piece") + " of evidence");
  for (std::size_t i = 0; i < std::min(kShown, all.size()); ++i) {
    const Piece& piece = all[i];
    print_lines(fmt::format("{:>3}. ", i + 1), piece.title);
    print_lines("     ", does(piece));
    if (!piece.registered)
      fmt::print("     {} {}\n", asked.book().schema.field(piece.field).name, subject_text(snapshot, piece.subject));
  }
  fmt::print("\n");
  print_lines("", "What each outcome waits for: --all, or one rule with --rule NAME.");
}

}  // namespace assay::cli
