// Each lexeme after the one before it: on the line, in a column of its own, or on a new line.
#include "dsl/format/writer.h"

#include <algorithm>

#include "dsl/format/format.h"

namespace assay::format {

namespace {

// A comment after words may go as far as this.
constexpr std::size_t kCommentColumns = 120;

}  // namespace

Writer::Writer(const Lexemes& in, const Breaks& breaks) : in_(in), breaks_(breaks), column_(in.all.size() + 1) {}

Writer::Columns Writer::columns(const std::vector<const Unit*>& units, const Group& group) const {
  Columns out{std::vector<std::size_t>(group.gaps.size(), 0)};
  for (std::size_t stop = 0; stop < group.gaps.size(); ++stop) {
    if (stop == 0) out.at[stop] = group.column_min;
    for (const Unit* unit : units) {
      if (stop >= unit->stops.size() || unit->stops[stop] == kNone) continue;
      std::size_t begin = unit->first, column = unit->indent;
      for (std::size_t before = 0; before < stop; ++before) {
        if (unit->stops[before] == kNone) continue;
        begin = unit->stops[before];
        column = out.at[before];
      }
      column += flat(begin, unit->stops[stop], unit->stops[stop]);
      out.at[stop] = std::max(out.at[stop], column + group.gaps[stop]);
    }
  }
  return out;
}

std::size_t Writer::flat_width(const Unit& unit, const Columns& columns) const {
  std::size_t begin = unit.first, column = unit.indent;
  for (std::size_t stop = 0; stop < unit.stops.size(); ++stop) {
    if (unit.stops[stop] == kNone) continue;
    begin = unit.stops[stop];
    column = columns.at[stop];
  }
  return column + flat(begin, unit.end, unit.end);
}

std::size_t Writer::flat(std::size_t first, std::size_t until, std::size_t unit_end) const {
  std::size_t out = 0;
  for (std::size_t at = first; at < unit_end; ++at) {
    const bool clings = in_.all[at].text == ")" || in_.all[at].text == ",";
    if (at >= until && !clings) break;
    const std::string_view text = in_.all[at].text;
    if (at > first)
      out += breaks_.before[at] ? std::max(blanks(at), breaks_.glued[at] ? 0 : breaks_.before[at]->blanks) : blanks(at);
    const std::size_t line = text.find('\n');
    out += width(text.substr(0, line));
    if (line != std::string_view::npos || out > kFormattedColumns) break;
  }
  return out;
}

std::size_t Writer::next_break(std::size_t after, std::size_t unit_end) const {
  std::size_t at = after + 1;
  while (at < unit_end && !breaks_.before[at]) ++at;
  return at;
}

bool Writer::authors_lines_fit(const Break& here, const Unit& unit) {
  if (filled_ == here.group) return filled_fits_;
  filled_ = here.group;
  filled_fits_ = false;
  std::size_t begin = here.group;
  bool broken = false;
  const std::size_t column = column_[here.group];
  for (std::size_t at = here.group + 1; at <= here.until; ++at) {
    const bool ours = at < here.until && breaks_.before[at] && breaks_.before[at]->rule == BreakRule::Fill &&
                      breaks_.before[at]->group == here.group;
    const bool line_ends = at == here.until || (ours && in_.all[at].new_line);
    if (!line_ends) continue;
    if (column + flat(begin, at, unit.end) > kFormattedColumns) return false;
    broken = broken || at < here.until;
    begin = at;
  }
  return filled_fits_ = broken;
}

bool Writer::is_broken(const Break& here, std::size_t at, std::size_t column, const Unit& unit) {
  if (unit.stops.size() > 1) return false;  // rows of several columns stay whole (layout.cpp sees that they have room)
  const auto fits = [&](std::size_t from, std::size_t first, std::size_t until) {
    return from + flat(first, until, unit.end) <= kFormattedColumns;
  };
  const std::size_t begin = column + (breaks_.glued[at] ? 0 : here.blanks);
  switch (here.rule) {
    case BreakRule::Always:
      return true;
    case BreakRule::Group:
      return !fits(column_[here.group], here.group, here.until);
    case BreakRule::Rest:
      return !fits(begin, at, here.until);
    case BreakRule::Next:
      return !fits(begin, at, next_break(at, unit.end));
    case BreakRule::Fill:
      if (fits(column_[here.group], here.group, here.until)) return false;
      if (authors_lines_fit(here, unit)) return in_.all[at].new_line;
      return !fits(begin, at, next_break(at, unit.end));
  }
  return false;
}

bool Writer::has_inner_comment(const Unit& unit) const {
  for (std::size_t at = unit.first + 1; at < unit.end; ++at) {
    if (!in_.all[at].before.empty()) return true;
  }
  return false;
}

// A line that goes on stands further in than its first, whatever it hangs from.
std::size_t Writer::continued(std::size_t at, const Unit& unit) const {
  std::size_t column = unit.indent + 2;
  if (const auto& here = breaks_.before[at]) return std::max(column, column_[here->anchor] + here->further);
  for (const std::size_t stop : unit.stops) {
    if (stop != kNone && stop < at) column = column_[stop];
  }
  return column;
}

void Writer::put(std::size_t at) {
  column_[at] = at_column_;
  const std::string_view text = in_.all[at].text;
  out_ += text;
  const std::size_t line = text.rfind('\n');
  at_column_ = line == std::string_view::npos ? at_column_ + width(text) : width(text.substr(line + 1));
}

void Writer::new_line(std::size_t at, std::size_t indent) {
  for (const Comment& comment : in_.all[at].before) {
    if (comment.own_line)
      out_ += '\n' + std::string(indent, ' ');
    else
      out_ += "  ";
    out_ += comment.text;
  }
  out_ += '\n' + std::string(indent, ' ');
  at_column_ = indent;
}

std::string Writer::unit(const Unit& unit, const Columns& columns) {
  const bool as_written = has_inner_comment(unit);  // the author's lines stand, since comments end some of them
  out_ = std::string(unit.indent, ' ');
  at_column_ = unit.indent;
  put(unit.first);
  for (std::size_t at = unit.first + 1; at < unit.end; ++at) {
    const auto stop = std::ranges::find(unit.stops, at);
    const std::optional<Break>& here = breaks_.before[at];
    if (stop != unit.stops.end() && in_.all[at].before.empty()) {
      const std::size_t column = columns.at[static_cast<std::size_t>(stop - unit.stops.begin())];
      out_.append(column > at_column_ ? column - at_column_ : 1, ' ');
      at_column_ = std::max(column, at_column_ + 1);
    } else if (as_written ? in_.all[at].new_line || !in_.all[at].before.empty()
                          : here && continued(at, unit) < at_column_ && is_broken(*here, at, at_column_, unit)) {
      new_line(at, continued(at, unit));
    } else if (!breaks_.glued[at]) {
      const std::size_t gap = here ? here->blanks : 1;
      out_.append(gap, ' ');
      at_column_ += gap;
    }
    put(at);
  }
  return with_comment(std::move(out_), unit);
}

std::string Writer::with_comment(std::string lines, const Unit& unit) const {
  const std::vector<Comment>& after = unit.end < in_.all.size() ? in_.all[unit.end].before : in_.at_end;
  if (after.empty() || after.front().own_line) return lines + '\n';
  const Comment& comment = after.front();
  const std::size_t length = width(comment.text);
  // In the column the author chose, if it can be.
  const bool as_written = comment.column >= at_column_ + 2 && comment.column + length <= kCommentColumns;
  if (as_written || at_column_ + 2 + length <= kCommentColumns || has_inner_comment(unit))
    return lines + std::string(as_written ? comment.column - at_column_ : 2, ' ') + std::string(comment.text) + '\n';
  return std::string(unit.indent, ' ') + std::string(comment.text) + '\n' + lines + '\n';
}

}  // namespace assay::format
