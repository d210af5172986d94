// assay matrix: how assurance of one sort of body bears on another, theme by theme, from the rules themselves.
#include <map>

#include "apps/cli/lines.h"
#include "apps/cli/survey.h"
#include "engine/survey/read_across.h"
#include "evidence/core/text.h"

namespace assay::cli {

namespace {

constexpr std::size_t kNameColumns = 44, kCellColumns = 4, kAcrossMax = 8;

std::string name_of(const ThemeSide& side) {
  if (side.framework.empty()) return fmt::format("{}: no evidence named", side.kind);
  return side.theme.empty() ? side.framework : fmt::format("{} ({})", side.theme, side.framework);
}

// One direction: its themes down the page, those of the other side across it, and how many interactions join the two.
struct Direction {
  std::string from, to;
  std::vector<std::string> down, across;
  std::map<std::pair<std::size_t, std::size_t>, std::vector<const ReadAcrossCell*>> cells;
};

std::size_t place_of(std::vector<std::string>& names, const std::string& name) {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
  names.push_back(name);
  return names.size() - 1;
}

std::vector<Direction> directions_of(const ReadAcross& matrix) {
  std::vector<Direction> out;
  for (const ReadAcrossCell& cell : matrix.cells) {
    auto found = std::find_if(out.begin(), out.end(), [&](const Direction& other) {
      return other.from == cell.from.kind && other.to == cell.to.kind;
    });
    if (found == out.end()) found = out.insert(out.end(), {cell.from.kind, cell.to.kind, {}, {}, {}});
    const std::size_t down = place_of(found->down, name_of(cell.from));
    found->cells[{down, place_of(found->across, name_of(cell.to))}].push_back(&cell);
  }
  return out;
}

// As many columns as fit, then the rest below.
void print_grid(const Direction& direction) {
  for (std::size_t first = 0; first < direction.across.size(); first += kAcrossMax) {
    const std::size_t until = std::min(first + kAcrossMax, direction.across.size());
    std::string head = padded("", kNameColumns);
    for (std::size_t column = first; column < until; ++column) head += fmt::format("{:>{}}", column + 1, kCellColumns);
    fmt::print("{}\n", head);
    for (std::size_t row = 0; row < direction.down.size(); ++row) {
      std::string line;
      for (std::size_t column = first; column < until; ++column) {
        const auto found = direction.cells.find({row, column});
        line += fmt::format("{:>{}}", found == direction.cells.end() ? "." : fmt::format("{}", found->second.size()),
                            kCellColumns);
      }
      const std::string name = direction.down[row];
      if (columns_of(name) + 2 < kNameColumns) {
        fmt::print("  {}{}\n", padded(name, kNameColumns - 2), line);
      } else {
        print_lines("  ", name, 4);
        fmt::print("{}{}\n", padded("", kNameColumns), line);
      }
    }
  }
  for (std::size_t column = 0; column < direction.across.size(); ++column)
    print_lines(fmt::format("  {:>2}  ", column + 1), direction.across[column]);
}

void print_evidence(const Rulebook& book, const std::string& head, const ReadAcrossCell& cell, const ThemeSide& side) {
  print_lines("    " + head, name_of(side), 6);
  for (const FieldId field : side.evidence) {
    const auto held = held_by(book, field);
    const bool shared = std::find(cell.shared.begin(), cell.shared.end(), field) != cell.shared.end();
    print_lines("      - ", fmt::format("{}{}{}", book.schema.field(field).title,
                                        held.empty() ? "" : fmt::format(" (held by {})", join_words(held)),
                                        shared ? "; both use it" : ""));
  }
}

void print_text(const ReadAcross& matrix, const Rulebook& book) {
  fmt::print("As at {}: what bears on what, by {}\n", matrix.as_at.to_long_string(),
             counted(static_cast<std::int64_t>(matrix.cells.size()), "pair") + " of themes");
  print_lines("",
              "Numbers are interactions. None says that one thing causes another, and none moves a stage or a score.");
  for (const Direction& direction : directions_of(matrix)) {
    fmt::print("\nFrom {} to {}\n", direction.from, direction.to);
    print_grid(direction);
  }
  const RuleId* last = nullptr;
  for (const ReadAcrossCell& cell : matrix.cells) {
    const Rule& rule = book.rule(cell.interaction);
    if (last == nullptr || *last != cell.interaction) {
      fmt::print("\n");
      print_lines("  ", rule.title);
      print_lines("    ", fmt::format("{}, {}", rule.name,
                                      rule.grounds.basis ? to_string(*rule.grounds.basis) : "no basis stated"));
    }
    last = &cell.interaction;
    print_evidence(book, "from ", cell, cell.from);
    print_evidence(book, "to   ", cell, cell.to);
  }
}

void print_csv(const ReadAcross& matrix, const Rulebook& book) {
  fmt::print("interaction,side,kind,framework,theme,to_framework,to_theme,evidence,title,held_by,shared\n");
  for (const ReadAcrossCell& cell : matrix.cells)
    for (const bool from : {true, false}) {
      const ThemeSide &side = from ? cell.from : cell.to, &other = from ? cell.to : cell.from;
      for (const FieldId field : side.evidence) {
        const bool shared = std::find(cell.shared.begin(), cell.shared.end(), field) != cell.shared.end();
        fmt::print("{}",
                   csv_row({book.rule(cell.interaction).name, from ? "from" : "to", side.kind, side.framework,
                            side.theme, other.framework, other.theme, book.schema.field(field).name,
                            book.schema.field(field).title, joined(held_by(book, field)), shared ? "yes" : "no"}));
      }
    }
}

}  // namespace

void add_matrix(Program& program) {
  add_survey<ReadAcross>(program, {"matrix", "what assurance of one sort of body means for another, by theme",
                                   read_across_of, print_text, print_csv});
}

}  // namespace assay::cli
