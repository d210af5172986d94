// Which declarations stand together, where empty lines are, and the comments on lines of their own.
#include "dsl/format/layout.h"

#include <algorithm>

#include "dsl/format/breaks.h"
#include "dsl/format/format.h"
#include "dsl/format/units.h"
#include "dsl/format/writer.h"

namespace assay::format {

using syntax::Node;

namespace {

struct Declaration {
  syntax::Kind kind{};
  Units units;
  bool one_line = false;
  bool together = false;  // with the one before it: no empty line lies between
};

class Layout {
 public:
  Layout(const Lexemes& in, const Breaks& breaks) : in_(in), writer_(in, breaks) {}

  std::string write(const std::vector<Node>& nodes) {
    std::vector<Declaration> all;
    for (const Node& node : nodes) {
      all.push_back(shape(node));
      if (all.size() > 1) all.back().together = stand_together(all[all.size() - 2], all.back());
    }
    for (std::size_t begin = 0; begin < all.size();) {
      std::size_t end = begin + 1;
      while (end < all.size() && all[end].together) ++end;
      const std::vector<Writer::Columns> shared = shared_columns(all, begin, end);
      for (std::size_t i = begin; i < end; ++i)
        declaration(all[i], all[i].one_line ? shared : columns_of(all[i].units));
      begin = end;
    }
    comments_between(in_.at_end, nullptr, false);
    return std::move(out_);
  }

 private:
  Declaration shape(const Node& node) {
    if (auto line = one_line_of(node, in_)) {
      if (width_of(*line) <= kRowColumns) return {node.kind, std::move(*line), true, false};
    }
    Units units = units_of(node, in_, Rows::Whole);
    if (too_wide(units)) units = units_of(node, in_, Rows::Broken);
    return {node.kind, std::move(units), false, false};
  }

  std::size_t width_of(const Units& line) const {
    std::vector<const Unit*> units = {&line.all.front()};
    const Writer::Columns columns = line.groups.empty() ? Writer::Columns{} : writer_.columns(units, line.groups[0]);
    return writer_.flat_width(line.all.front(), columns);
  }

  // Whether a row of several columns has no room.
  bool too_wide(const Units& units) const {
    const auto columns = columns_of(units);
    return std::ranges::any_of(units.all, [&](const Unit& unit) {
      return unit.stops.size() > 1 && writer_.flat_width(unit, columns[unit.group]) > kRowColumns;
    });
  }

  bool stand_together(const Declaration& above, const Declaration& below) const {
    if (!above.one_line || !below.one_line || above.kind != below.kind) return false;
    const Lexeme& first = in_.all[below.units.all.front().first];
    return !first.blank_before &&
           std::ranges::none_of(first.before, [](const Comment& comment) { return comment.blank_before; });
  }

  std::vector<Writer::Columns> columns_of(const Units& units) const {
    std::vector<std::vector<const Unit*>> members(units.groups.size());
    for (const Unit& unit : units.all) {
      if (unit.group != kNone) members[unit.group].push_back(&unit);
    }
    std::vector<Writer::Columns> out;
    for (std::size_t group = 0; group < members.size(); ++group)
      out.push_back(writer_.columns(members[group], units.groups[group]));
    return out;
  }

  // Lines of one kind that stand together share their columns.
  std::vector<Writer::Columns> shared_columns(const std::vector<Declaration>& all, std::size_t begin,
                                              std::size_t end) const {
    std::vector<const Unit*> members;
    const Group* group = nullptr;
    for (std::size_t i = begin; i < end; ++i) {
      const Unit& line = all[i].units.all.front();
      if (!all[i].one_line || line.group == kNone) continue;
      members.push_back(&line);
      group = &all[i].units.groups[line.group];
    }
    if (!group) return {};
    return {writer_.columns(members, *group)};
  }

  void declaration(const Declaration& each, const std::vector<Writer::Columns>& columns) {
    for (const Unit& unit : each.units.all) {
      const Lexeme& first = in_.all[unit.first];
      const bool head = &unit == &each.units.all.front();
      if (head) {
        comments_between(first.before, &first, each.together);
      } else {
        comments_within(unit, &unit == &each.units.all[1]);
      }
      out_ += writer_.unit(unit, unit.group == kNone ? Writer::Columns{} : columns[unit.group]);
    }
  }

  void line(std::size_t indent, const Comment& comment) {
    out_ += std::string(indent, ' ') + std::string(comment.text) + '\n';
  }

  // Before a declaration, or at the end of the file. Comments that stand in from column one, right below what is above,
  // stay with it; the others belong to what follows.
  void comments_between(const std::vector<Comment>& comments, const Lexeme* follows, bool together) {
    auto at = comments.begin();
    while (at != comments.end() && (!at->own_line || (!out_.empty() && at->column > 0 && !at->blank_before))) {
      if (at->own_line) line(2, *at);
      ++at;
    }
    if (at == comments.end() && !follows) return;
    if (!out_.empty() && !together) out_ += '\n';
    for (bool leading = true; at != comments.end(); ++at, leading = false) {
      if (!leading && at->blank_before) out_ += '\n';
      line(0, *at);
      if (follows && at + 1 == comments.end() && follows->blank_before) out_ += '\n';
    }
  }

  void comments_within(const Unit& unit, bool first_clause) {
    const Lexeme& first = in_.all[unit.first];
    bool blank = unit.apart, leading = true;
    for (const Comment& comment : first.before) {
      if (!comment.own_line) continue;
      blank = blank || (comment.blank_before && !(leading && first_clause));
      if (blank) out_ += '\n';
      line(unit.indent, comment);
      blank = leading = false;
    }
    if (blank || (first.blank_before && !(leading && first_clause))) out_ += '\n';
  }

  const Lexemes& in_;
  Writer writer_;
  std::string out_;
};

}  // namespace

std::string lay_out(const Lexemes& in, const std::vector<Node>& declarations) {
  BreakFinder finder(in);
  for (const Node& node : declarations) finder.declaration(node);
  const Breaks breaks = finder.take();
  return Layout(in, breaks).write(declarations);
}

}  // namespace assay::format
