// The shape of declarations, from the kinds of their nodes.
#include "dsl/format/units.h"

#include <algorithm>
#include <array>

#include "dsl/syntax/words.h"

namespace assay::format {

using syntax::Kind;
using syntax::Node;

namespace {

// Clauses that begin with more than one word.
struct Phrase {
  std::string_view first, second;
};
constexpr auto kPhrases = std::to_array<Phrase>({{"answers", "to"},
                                                 {"as", "at"},
                                                 {"asked", "by"},
                                                 {"asked", "of"},
                                                 {"break", "from"},
                                                 {"decided", "by"},
                                                 {"due", "within"},
                                                 {"fresh", "for"},
                                                 {"in", "force"},
                                                 {"informed", "by"},
                                                 {"judgement", "of"},
                                                 {"keep", "for"},
                                                 {"known", "on"},
                                                 {"not", "before"},
                                                 {"proxy", "for"},
                                                 {"read", "on"},
                                                 {"standard", "for"},
                                                 {"starts", "in"},
                                                 {"superseded", "by"}});

// Where the values of clauses begin at least, in columns after the beginning of the clause.
constexpr std::size_t kSourceColumn = 11;  // two blanks after `publisher`
constexpr std::size_t kTriggerColumn = 7;  // one after `action` and `effect`
constexpr std::size_t kReasonColumn = 28;  // the conditions of reasons, after their texts
constexpr std::size_t kCellColumn = 7;     // one after `inputs`

template <std::size_t N>
bool one_of(Kind kind, const std::array<Kind, N>& kinds) {
  return std::ranges::find(kinds, kind) != kinds.end();
}

// What stands in the head of a declaration.
bool is_part(Kind kind) {
  static constexpr auto kParts =
      std::to_array<Kind>({Kind::Word, Kind::Name, Kind::Text, Kind::Integer, Kind::Number, Kind::Type, Kind::Range,
                           Kind::Constant, Kind::Part, Kind::Chain});
  return one_of(kind, kParts);
}

// Clauses whose words are never padded: what they say goes on below, or stands for itself.
bool is_unpadded(Kind kind) {
  static constexpr auto kUnpadded = std::to_array<Kind>(
      {Kind::Value, Kind::DatedValue, Kind::But, Kind::Bands, Kind::Severity, Kind::StandardFor, Kind::LocalMay,
       Kind::MayNotApply, Kind::Each, Kind::Attribute, Kind::OverlayFor, Kind::SetValue});
  return one_of(kind, kUnpadded);
}

// A clause begins with a word of the language or with the sign of a definition; what else stands in a declaration goes
// on with what is before it.
bool begins_clause(std::string_view text) { return text == "=" || syntax::find_word(text) != nullptr; }

// What takes a line below a head.
enum class Below { Clauses, Grounds, GroundsOfRow, Bands, Reasons };

// What a rule stands on, said of a part of it.
bool is_ground(Kind kind) { return kind == Kind::Because || kind == Kind::Basis || kind == Kind::Cites; }

class Shaper {
 public:
  Shaper(const Lexemes& in, Rows rows) : in_(in), rows_(rows) {}

  Units shape(const Node& declaration) {
    if (const Node* inputs = declaration.child(Kind::Inputs)) cells_ = inputs->children.size();
    const bool padded = declaration.kind != Kind::Scenario && declaration.kind != Kind::RelationDeclaration;
    const std::size_t least = declaration.kind == Kind::Source ? 2 + kSourceColumn
                              : declaration.kind == Kind::Flag || declaration.kind == Kind::Interaction
                                  ? 2 + kTriggerColumn
                                  : 0;
    const std::size_t group = padded ? new_group({1}, least) : kNone;
    block(declaration, {in_.first_of(declaration), 0, 2, Below::Clauses, group});
    return std::move(out_);
  }

 private:
  struct Place {
    std::size_t first;          // lexeme
    std::size_t indent, inner;  // columns of the head, and of the clauses
    Below below;
    std::size_t group;  // of the clauses
  };

  std::size_t new_group(std::vector<std::size_t> gaps, std::size_t column_min = 0) {
    out_.groups.push_back({std::move(gaps), column_min});
    return out_.groups.size() - 1;
  }
  void make_room(std::size_t group, std::size_t column) {
    out_.groups[group].column_min = std::max(out_.groups[group].column_min, column);
  }

  // The head, then a clause a line. What stands between two clauses leads to the second; those with a comma between
  // them are one.
  void block(const Node& node, Place at) {
    const std::size_t head = out_.all.size();
    out_.all.push_back({at.first, in_.end_of(node), at.indent, kNone, {}, false});
    std::size_t after = at.first;
    bool first_clause = true;
    for (const Node& child : node.children) {
      const std::size_t lead = after;
      after = in_.end_of(child);
      const bool joined = !first_clause && in_.all[lead].text == ",";
      if (joined || !takes_line(at.below, child, lead)) {
        if (!first_clause) out_.all.back().end = after;
        continue;
      }
      // The labels of a scale stand below all the words of its head.
      const std::size_t begin = first_clause && child.kind == Kind::ScaleLabel ? in_.first_of(child) : lead;
      if (first_clause) out_.all[head].end = begin;
      clause(node, child, begin, at);
      first_clause = false;
    }
    if (after < in_.end_of(node)) out_.all.back().end = in_.end_of(node);
  }

  bool takes_line(Below below, const Node& child, std::size_t lead) const {
    switch (below) {
      case Below::Bands:
        return child.kind == Kind::Band;
      case Below::Reasons:
        return child.kind == Kind::Reason;
      case Below::Grounds:
        return is_ground(child.kind);
      case Below::GroundsOfRow:  // its `because` is part of what it gives
        return is_ground(child.kind) && child.kind != Kind::Because;
      case Below::Clauses:
        break;
    }
    return !is_part(child.kind) && (child.kind == Kind::ScaleLabel || begins_clause(in_.all[lead].text));
  }

  void clause(const Node& parent, const Node& node, std::size_t first, Place at) {
    const std::size_t unit = out_.all.size();
    switch (node.kind) {
      case Kind::Bands:
        block(node, {first, at.inner, at.inner + 2, Below::Bands, new_group({2})});
        break;
      case Kind::Band:
      case Kind::Reason:
        leaf(node, first, at.inner, at.group, first + 1);
        break;
      case Kind::Criteria:
        if (node.child(Kind::Reason)) {
          block(node, {first, at.inner, at.inner + 2, Below::Reasons, new_group({1}, at.inner + 2 + kReasonColumn)});
        } else {
          leaf(node, first, at.inner, at.group, value_of(first, in_.end_of(node)));
        }
        break;
      case Kind::Enter:
      case Kind::Exit:
        block(node, {first, at.inner, at.inner + 2, Below::Clauses, new_group({1}, at.inner + 2 + kTriggerColumn)});
        out_.all[unit].apart = true;
        break;
      case Kind::Stage:
        stage(node, first, at.inner);
        out_.all[unit].apart = parent.child(Kind::Stage) == &node;
        break;
      case Kind::Row:
        block(node, {first, at.inner, at.inner + 4, Below::GroundsOfRow, kNone});
        if (rows_ == Rows::Whole) {
          table_row(node, out_.all[unit]);
        } else {
          pad(out_.all[unit], at.group, first + 1);
        }
        break;
      case Kind::Direction:  // its words are not parted, but other values stand below its last
        leaf(node, first, at.inner, kNone, first);
        if (at.group != kNone) make_room(at.group, at.inner + width(in_.all[first].text) + width(" is "));
        break;
      default:
        if (node.kind == Kind::But || node.child(Kind::Basis) || node.child(Kind::Cites)) {  // of a part of the rule
          block(node, {first, at.inner, at.inner + 4, Below::Grounds, kNone});
          pad(out_.all[unit], is_unpadded(node.kind) ? kNone : at.group, value_of(first, out_.all[unit].end));
          break;
        }
        leaf(node, first, at.inner, is_unpadded(node.kind) ? kNone : at.group, value_of(first, in_.end_of(node)));
    }
  }

  void leaf(const Node& node, std::size_t first, std::size_t indent, std::size_t group, std::size_t stop) {
    out_.all.push_back({first, in_.end_of(node), indent, kNone, {}, false});
    pad(out_.all.back(), group, stop);
  }

  // What follows the words of the unit stands in the column of the group.
  static void pad(Unit& unit, std::size_t group, std::size_t stop) {
    if (group == kNone || stop <= unit.first || stop >= unit.end) return;
    unit.group = group;
    unit.stops = {stop};
  }

  // row CELL,  CELL  gives VALUE: under those of the other rows.
  void table_row(const Node& node, Unit& row) {
    if (!table_rows_) {
      table_rows_ = new_group(std::vector<std::size_t>(cells_ + 1, 2), 2 + kCellColumn);
      out_.groups[*table_rows_].gaps.front() = 1;
    }
    row.group = *table_rows_;
    row.stops.assign(cells_ + 1, kNone);
    std::size_t cell = 0;
    for (const Node& child : node.children) {
      const bool asks = child.kind == Kind::RowCell || (child.kind == Kind::Word && cell == 0);
      if (!asks || cell >= cells_) break;
      row.stops[cell++] = in_.first_of(child);
      row.stops[cells_] = in_.end_of(child);  // `gives`
    }
  }

  // stage NAME  "title"   basis KIND  cite SOURCE: what follows a `decided by` stands below.
  void stage(const Node& node, std::size_t first, std::size_t indent) {
    constexpr std::size_t kTitle = 0, kBasis = 1, kCite = 2;
    Unit row{first, in_.end_of(node), indent, stage_rows(), {kNone, kNone, kNone}, false};
    std::size_t filled = 0, inner = kNone;
    std::vector<const Node*> below;
    for (const Node& child : node.children) {
      if (child.kind == Kind::Name) continue;
      const std::size_t column = child.kind == Kind::Text    ? kTitle
                                 : child.kind == Kind::Basis ? kBasis
                                 : child.kind == Kind::Cites ? kCite
                                                             : kNone;
      const bool broken = rows_ == Rows::Broken && column != kTitle;
      if (broken || !below.empty() || column == kNone || column < filled) {
        if (below.empty()) row.end = in_.first_of(child);
        below.push_back(&child);
      } else {
        row.stops[column] = in_.first_of(child);
        filled = column + 1;
      }
    }
    out_.all.push_back(row);
    if (!below.empty()) inner = new_group({1});
    for (const Node* each : below) {
      const std::size_t at = in_.first_of(*each);
      leaf(*each, at, indent + 2, inner, value_of(at, in_.end_of(*each)));
    }
  }

  // Shared by all stages of a regime.
  std::size_t stage_rows() {
    if (!stage_rows_) stage_rows_ = new_group({2, 3, 2});
    return *stage_rows_;
  }

  // Past the words a clause begins with.
  std::size_t value_of(std::size_t first, std::size_t end) const {
    if (first + 1 >= end || !syntax::find_word(in_.all[first].text)) return first;
    const bool two = std::ranges::any_of(kPhrases, [&](const Phrase& each) {
      return each.first == in_.all[first].text && each.second == in_.all[first + 1].text;
    });
    return first + (two ? 2 : 1);
  }

  const Lexemes& in_;
  Rows rows_;
  Units out_;
  std::size_t cells_ = 0;  // in a row of a table
  std::optional<std::size_t> stage_rows_, table_rows_;
};

}  // namespace

Units units_of(const Node& declaration, const Lexemes& in, Rows rows) { return Shaper(in, rows).shape(declaration); }

std::optional<Units> one_line_of(const Node& declaration, const Lexemes& in) {
  const std::size_t first = in.first_of(declaration), end = in.end_of(declaration);
  const auto clauses =
      std::ranges::count_if(declaration.children, [](const Node& child) { return !is_part(child.kind); });
  const bool in_columns = declaration.kind == Kind::Theme || (declaration.kind == Kind::Source && clauses <= 1);
  if (!in_columns && declaration.kind != Kind::Use && declaration.kind != Kind::KindDeclaration && clauses > 0)
    return std::nullopt;
  Units out{{{first, end, 0, kNone, {}, false}}, {}};
  if (in_columns && first + 2 < end) {
    out.groups.push_back({{2}, 0});
    out.all[0].group = 0;
    out.all[0].stops = {first + 2};  // past the word and the name
  }
  return out;
}

}  // namespace assay::format
