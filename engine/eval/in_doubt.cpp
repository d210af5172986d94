// States whose rows begin, end or go stale on a day that is not known (docs/language.md 5.12). What answers is the hull
// of what every day would give, as far as rows can be put in order: an operator's operands see no more of each other.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "engine/eval/question.h"
#include "engine/eval/truth_set.h"

namespace assay {

namespace {

// A row that may be the latest of its source.
struct Candidate {
  const Observation* row;
  std::optional<Hole> hole;
};

struct Speaker {
  std::size_t rank = 0;
  std::vector<const Observation*> begun;  // or perhaps begun
  std::vector<Candidate> latest;
  bool surely_begun = false;  // one of them has

  bool surely_speaks() const {
    return surely_begun && std::none_of(latest.begin(), latest.end(), [](const Candidate& c) { return c.hole; });
  }
};
using Group = std::vector<Speaker>;  // of one rank

bool is_exact(const Candidate& candidate) { return candidate.row->from_known_to == Step::Day; }

// Those that no row has surely replaced: none that has surely begun begins surely after it, or with it and was
// recorded later.
void find_latest(const Question& q, Speaker& speaker, std::vector<RowPart>& parts) {
  std::optional<std::pair<Date, Date>> floor;
  for (const Observation* row : speaker.begun) {
    if (row->from().last() > q.date) continue;
    speaker.surely_begun = true;
    floor = std::max(floor, std::optional(std::pair(row->valid_from, row->recorded_on)));
  }
  for (const Observation* row : speaker.begun) {
    const std::pair last(std::min(row->from().last(), q.date), row->recorded_on);
    if (floor && *floor > last)
      parts.push_back({row, Part::Older});
    else
      speaker.latest.push_back({row, hole_in(q, *row)});
  }
}

// By rank; the rows of each source that may be its latest.
std::map<std::size_t, Group> speakers(const Question& q, std::vector<RowPart>& parts) {
  std::map<std::uint32_t, Speaker> by_source;
  for (const Observation& row : q.rows) {
    if (row.superseded) {
      parts.push_back({&row, Part::Superseded});
    } else if (!belongs(q, row)) {
      if (row.valid_from <= q.date) parts.push_back({&row, Part::OtherTime});
    } else if (const auto rank = rank_of(q.field, q.snapshot.source_name(row.source)); rank == kNoRank) {
      parts.push_back({&row, Part::NotCounted});
    } else {
      by_source[row.source.index].rank = rank;
      by_source[row.source.index].begun.push_back(&row);
    }
  }
  std::map<std::size_t, Group> by_rank;
  for (auto& [source, speaker] : by_source) {
    find_latest(q, speaker, parts);
    by_rank[speaker.rank].push_back(std::move(speaker));
  }
  return by_rank;
}

bool overlap(const Candidate& a, const Candidate& b) {
  return a.row->valid_from <= b.row->from().last() && b.row->valid_from <= a.row->from().last();
}

// Does it matter which days they are: which row is the latest, whether one counts, which of two equals begins later?
bool in_doubt(const Group& group) {
  for (const Speaker& speaker : group) {
    if (!speaker.surely_begun) return true;
    for (const Candidate& candidate : speaker.latest) {
      if (candidate.hole && !candidate.hole->sure) return true;
      if (speaker.latest.size() > 1 && !is_exact(candidate)) return true;
      if (is_exact(candidate) || candidate.hole) continue;
      for (const Speaker& other : group) {
        const bool apart = &other == &speaker || std::none_of(other.latest.begin(), other.latest.end(),
                                                              [&](const auto& c) { return overlap(c, candidate); });
        if (!apart) return true;
      }
    }
  }
  return false;
}

bool settles(const Group& group) {
  return std::any_of(group.begin(), group.end(), [](const Speaker& speaker) { return speaker.surely_speaks(); });
}

// Does another source of equal standing surely speak, and begin later?
bool is_replaced(const Candidate& candidate, const Speaker& own, const Group& group) {
  return std::any_of(group.begin(), group.end(), [&](const Speaker& other) {
    return &other != &own && other.surely_speaks() &&
           std::all_of(other.latest.begin(), other.latest.end(),
                       [&](const Candidate& c) { return c.row->valid_from > candidate.row->from().last(); });
  });
}

// The hull of what the rows give, group after group, until one surely answers.
class HullOfRows {
 public:
  explicit HullOfRows(const Question& q) : q_(q) {}

  void take(const Group& group, std::vector<RowPart>& parts) {
    for (const Speaker& speaker : group)
      for (const Candidate& candidate : speaker.latest) {
        if (is_replaced(candidate, speaker, group))
          parts.push_back({candidate.row, Part::Older});
        else
          take(candidate, parts);
      }
  }

  // Of the rows that may answer, and of there being none. Whatever else there is to say of them, it is the day that is
  // missing, unless each would lack a value in one way.
  Cell finish(bool settled, std::vector<RowPart>& parts) {
    if (!settled) join(unknown_of_type(q_.field, reason(q_, ReasonKind::Missing, "not held")), false);
    if (cell_->unknown()) {
      const bool one_way = possible_.empty() && lacks_in_one_way();
      if (!one_way) merge(cell_->why, doubts_);
      if (one_way || (!settled && cell_->why.empty())) say_holes();
      if (cell_->why.empty()) cell_->why = conflict(q_, possible_).why;
      for (Reason& why : cell_->why) why.kind = one_way ? why.kind : ReasonKind::Missing;
    }
    for (const Observation* row : possible_)
      parts.push_back({row, cell_->known() || !cell_->applies() ? Part::Answers : Part::Possible});
    return *cell_;
  }

 private:
  void take(const Candidate& candidate, std::vector<RowPart>& parts) {
    const Observation& row = *candidate.row;
    const bool may_have_ended =
        candidate.hole && !candidate.hole->sure && candidate.hole->why.kind == ReasonKind::Missing;
    if (may_have_ended) merge(doubts_, {candidate.hole->why});
    if (candidate.hole && candidate.hole->sure) {
      parts.push_back({&row, Part::Hole});
      holes_.push_back({&row, candidate.hole->why});
    } else {
      join(value_of(q_, row), true);
      possible_.push_back(&row);
    }
    if (row.from_known_to == Step::Day) return;
    merge(doubts_, {reason(q_, ReasonKind::Missing, fmt::format("began {} that is not known", row.from().on_a_day()))});
  }

  // Of several sources without a value the first says why, as where all days are known: by precedence, then which began
  // latest, then by name. Might this one?
  struct Lack {
    const Observation* row;
    Reason why;
  };
  bool may_be_first(const Lack& lack) const {
    const auto rank = [&](const Lack& of) { return rank_of(q_.field, q_.snapshot.source_name(of.row->source)); };
    return std::none_of(holes_.begin(), holes_.end(), [&](const Lack& other) {
      if (other.row == lack.row || other.row->from().last() > q_.date) return false;
      if (rank(other) != rank(lack)) return rank(other) < rank(lack);
      const Date last = lack.row->from().last();
      return other.row->valid_from > last ||
             (other.row->valid_from == last && lack.row->exact() && other.row->exact() &&
              q_.snapshot.source_name(other.row->source) < q_.snapshot.source_name(lack.row->source));
    });
  }

  void say_holes() {
    for (const Lack& lack : holes_)
      if (may_be_first(lack)) merge(cell_->why, {lack.why});
  }

  bool lacks_in_one_way() const {
    std::optional<ReasonKind> kind;
    bool begun = false;
    for (const Lack& lack : holes_) {
      begun = begun || lack.row->from().last() <= q_.date;
      if (!may_be_first(lack)) continue;
      if (kind && *kind != lack.why.kind) return false;
      kind = lack.why.kind;
    }
    return begun;
  }

  // Why there may be no value is said in the end, by holes and doubts.
  void join(Cell cell, bool with_reasons) {
    if (!with_reasons) cell.why.clear();
    cell_ = cell_ ? hull(*cell_, cell) : std::move(cell);
  }

  const Question& q_;
  std::optional<Cell> cell_;
  std::vector<Lack> holes_;
  Reasons doubts_;
  std::vector<const Observation*> possible_;
};

}  // namespace

std::optional<InDoubt> read_in_doubt(const Question& q, std::vector<RowPart>& parts) {
  std::vector<RowPart> noted;
  const auto by_rank = speakers(q, noted);
  bool doubt = false, settled = false;
  HullOfRows hull(q);
  for (const auto& [rank, group] : by_rank) {
    if (settled) {
      for (const Speaker& speaker : group)
        for (const Candidate& candidate : speaker.latest)
          noted.push_back({candidate.row, candidate.hole && candidate.hole->sure ? Part::Hole : Part::Outranked});
      continue;
    }
    doubt = doubt || in_doubt(group);
    settled = settles(group);
    if (settled && !doubt) return std::nullopt;
    hull.take(group, noted);
  }
  if (!doubt) return std::nullopt;
  Cell cell = hull.finish(settled, noted);
  // Choices and texts have no range (4.3).
  if (!is_ordered(q.field.type.kind) && cell.low && cell.high && !same(*cell.low, *cell.high))
    cell.low = cell.high = std::nullopt;
  parts.insert(parts.end(), noted.begin(), noted.end());
  return InDoubt{std::move(cell), settled};
}

}  // namespace assay
