// Finds the headings of a list wherever they stand, says what each means, and what has changed since the mapping was
// kept.
#include <fmt/format.h>

#include <algorithm>

#include "evidence/core/text.h"
#include "evidence/import/mapping.h"
#include "evidence/import/spreadsheet/spreadsheet.h"

namespace assay {

namespace {

constexpr std::size_t kRowsLookedAt = 40;  // from the top of each sheet
constexpr std::size_t kFewest = 2;         // headings known in a row of headings

struct Said {
  std::string heading, means;
};

const MappedColumn* find_kept(const Mapping* kept, std::string_view heading) {
  if (!kept) return nullptr;
  for (const MappedColumn& column : kept->columns)
    if (heading_key(column.heading) == heading_key(heading)) return &column;
  return nullptr;
}

class Proposing {
 public:
  Proposing(const Grid& grid, const Schema& schema, const MappingRequest& request, const Mapping* kept)
      : grid_(grid), schema_(schema), request_(request), kept_(kept) {}

  Result<Proposal> propose() {
    const auto kind = schema_.find_kind(request_.kind);
    if (!kind || schema_.kind(*kind).relation)
      return fail(ErrorCode::WrongUse, fmt::format("the rules know no kind `{}`", request_.kind), "--kind",
                  "for instance document, or return_item");
    kind_ = *kind;
    if (auto read = read_said(); !read) return tl::unexpected(read.error());
    if (auto found = find_headings(); !found) return tl::unexpected(found.error());
    name_columns();
    if (auto whole = check_said(); !whole) return tl::unexpected(whole.error());
    tell_changes();
    if (auto whole = check_whole(); !whole) return tl::unexpected(whole.error());
    return std::move(out_);
  }

 private:
  const GridSheet& sheet() const { return grid_.sheets[out_.at.sheet]; }
  const GridRow& row() const { return sheet().rows[out_.at.row]; }
  bool knows(std::string_view heading) const {
    return find_kept(kept_, heading) || said_of(heading) || meaning_of(heading, kind_, schema_);
  }
  const Said* said_of(std::string_view heading) const {
    for (const Said& one : said_)
      if (heading_key(one.heading) == heading_key(heading)) return &one;
    return nullptr;
  }

  Result<void> read_said() {
    for (const std::string& text : request_.said) {
      const std::size_t sign = text.rfind('=');
      if (sign == std::string::npos || trim(text.substr(0, sign)).empty())
        return fail(ErrorCode::WrongUse, fmt::format("`{}` does not say which column means what", text), "--column",
                    "write HEADING=MEANING, as in \"Owner=document_owner\"");
      Said one{std::string(trim(text.substr(0, sign))), std::string(trim(text.substr(sign + 1)))};
      if (auto full = full_meaning(one.means); full)
        one.means = *full;
      else
        return tl::unexpected(full.error());
      said_.push_back(std::move(one));
    }
    return {};
  }

  // A field by its whole name or its last part.
  Result<std::string> full_meaning(const std::string& means) const {
    if (means.empty() || means == kReference || means == kName) return means;
    std::vector<std::string> names = {std::string(kReference), std::string(kName)};
    for (const FieldDef& field : schema_.fields()) {
      if (field.kind != kind_ || field.role != FieldRole::Evidence || field.is_stage) continue;
      const std::string last = field.name.substr(field.name.rfind('.') + 1);
      if (last == "register" || last == "alias") continue;
      if (field.name == means || last == means) return field.name;
      names.push_back(last);
    }
    const auto near = near_name(means, names);
    return fail(ErrorCode::WrongUse, fmt::format("nothing of a {} is called `{}`", request_.kind, means), "--column",
                near ? fmt::format("did you mean `{}`?", *near) : fmt::format("there are {}", join_words(names)));
  }

  Result<void> find_headings() {
    std::size_t most = 0;
    for (std::size_t s = 0; s < grid_.sheets.size(); ++s) {
      const GridSheet& sheet = grid_.sheets[s];
      if (!request_.sheet.empty() && sheet.name != request_.sheet) continue;
      for (std::size_t r = 0; r < std::min(sheet.rows.size(), kRowsLookedAt); ++r) {
        std::size_t known = 0;
        for (const std::string& cell : sheet.rows[r].cells) known += !cell.empty() && knows(cell) ? 1U : 0U;
        if (known > most) most = known, out_.at = {s, r};
      }
    }
    if (most >= kFewest) return {};
    std::vector<std::string> names;
    for (const GridSheet& sheet : grid_.sheets)
      if (!sheet.name.empty()) names.push_back(fmt::format("`{}`", sheet.name));
    return fail(ErrorCode::BadInput,
                fmt::format("in the first {} rows of {} no headings were found", kRowsLookedAt,
                            names.empty()       ? "the file"
                            : names.size() == 1 ? "the sheet"
                                                : "each sheet"),
                grid_.file, "say what two of them mean, with --column \"HEADING=MEANING\"");
  }

  void name_columns() {
    Mapping& made = out_.mapping;
    made.name = request_.name;
    made.kind = request_.kind;
    made.whose = request_.whose;
    made.sheet = sheet().name;
    std::vector<std::string> taken;
    // What is said or kept goes first, so that a guess takes nothing from it.
    for (const bool guess : {false, true}) {
      for (std::size_t i = 0; i < row().cells.size(); ++i) {
        if (row().cells[i].empty()) continue;
        MappedColumn column{row().cells[i], Spreadsheet::column_name(i), {}, false};
        const Said* said = said_of(column.heading);
        const MappedColumn* kept = find_kept(kept_, column.heading);
        if (guess != (!said && !kept)) continue;
        if (said)
          column.means = said->means;
        else if (kept)
          column.means = kept->means;
        else
          column.means = meaning_of(column.heading, kind_, schema_).value_or("");
        if (!said && std::find(taken.begin(), taken.end(), column.means) != taken.end()) column.means.clear();
        if (!column.means.empty()) taken.push_back(column.means);
        column.published = (kept && kept->published) || std::find(request_.published.begin(), request_.published.end(),
                                                                  column.heading) != request_.published.end();
        made.columns.push_back(std::move(column));
      }
    }
    const auto place = [](const MappedColumn& column) { return std::pair(column.column.size(), column.column); };
    std::sort(made.columns.begin(), made.columns.end(),
              [&](const MappedColumn& a, const MappedColumn& b) { return place(a) < place(b); });
    propose_renamed();
  }

  // A heading kept that is gone, and a new one in the same column that no word explains: probably the same, renamed.
  void propose_renamed() {
    if (!kept_) return;
    for (const MappedColumn& old : kept_->columns) {
      if (old.means.empty() || find_by_meaning(old.means)) continue;
      for (MappedColumn& column : out_.mapping.columns)
        if (column.means.empty() && column.column == old.column && !find_kept(kept_, column.heading) &&
            !said_of(column.heading))
          column.means = old.means;
    }
  }

  const MappedColumn* find_by_meaning(std::string_view means) const {
    for (const MappedColumn& column : out_.mapping.columns)
      if (column.means == means) return &column;
    return nullptr;
  }

  std::string meaning_in_words(std::string_view means) const {
    if (means.empty()) return "left out";
    if (means == kReference) return "the reference";
    if (means == kName) return "its name";
    return std::string(means);
  }

  void change(const MappedColumn* column, std::string message, std::string help) {
    out_.changes.push_back({ErrorCode::BadInput, std::move(message),
                            grid_.place(sheet(), row().number, column ? column->column : std::string()),
                            std::move(help)});
  }

  void tell_changes() {
    if (!kept_) return;
    if (kept_->sheet != sheet().name)
      change(nullptr, fmt::format("the list stood on the sheet `{}`", kept_->sheet),
             fmt::format("proposed: the sheet `{}`", sheet().name));
    for (const MappedColumn& old : kept_->columns) {
      const MappedColumn* now = nullptr;
      for (const MappedColumn& column : out_.mapping.columns)
        if (heading_key(column.heading) == heading_key(old.heading)) now = &column;
      if (now && now->column != old.column)
        change(now, fmt::format("`{}` has moved here from column {}", now->heading, old.column),
               fmt::format("proposed: it still means {}", meaning_in_words(now->means)));
      if (now) continue;
      const MappedColumn* instead = old.means.empty() ? nullptr : find_by_meaning(old.means);
      if (instead && !find_kept(kept_, instead->heading)) {
        renamed_.push_back(instead);
        change(
            instead,
            fmt::format("`{}` stands here, and `{}` is gone from column {}", instead->heading, old.heading, old.column),
            fmt::format("proposed: it was renamed, and means {}", meaning_in_words(old.means)));
      } else {
        change(nullptr, fmt::format("`{}` is gone from column {}", old.heading, old.column),
               fmt::format("proposed: nothing means {} any more", meaning_in_words(old.means)));
      }
    }
    for (const MappedColumn& column : out_.mapping.columns)
      if (!find_kept(kept_, column.heading) && std::find(renamed_.begin(), renamed_.end(), &column) == renamed_.end())
        change(&column, fmt::format("`{}` is new", column.heading),
               column.means.empty() ? "proposed: it is left out"
                                    : fmt::format("proposed: it means {}", meaning_in_words(column.means)));
  }

  Result<void> check_said() const {
    for (const Said& one : said_) {
      bool found = false;
      for (const MappedColumn& column : out_.mapping.columns)
        found = found || heading_key(column.heading) == heading_key(one.heading);
      if (found) continue;
      std::vector<std::string> names;
      for (const MappedColumn& column : out_.mapping.columns) names.push_back(column.heading);
      const auto near = near_name(one.heading, names);
      return fail(ErrorCode::WrongUse, fmt::format("no column is headed `{}`", one.heading), "--column",
                  near ? fmt::format("did you mean `{}`?", *near) : fmt::format("there are {}", join_words(names)));
    }
    return {};
  }

  Result<void> check_whole() const {
    const std::vector<MappedColumn>& columns = out_.mapping.columns;
    const std::string place = grid_.place(sheet(), row().number);
    for (std::size_t i = 0; i < columns.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        if (heading_key(columns[i].heading) == heading_key(columns[j].heading))
          return fail(ErrorCode::BadInput,
                      fmt::format("columns {} and {} are both headed `{}`", columns[j].column, columns[i].column,
                                  columns[i].heading),
                      place, "give each column a heading of its own");
        if (!columns[i].means.empty() && columns[i].means == columns[j].means)
          return fail(ErrorCode::WrongUse,
                      fmt::format("`{}` and `{}` both mean {}", columns[j].heading, columns[i].heading,
                                  meaning_in_words(columns[i].means)),
                      place, "leave one of them out: --column \"HEADING=\"");
      }
    }
    for (const std::string_view needed : {kReference, kName})
      if (!find_by_meaning(needed))
        return fail(ErrorCode::BadInput, fmt::format("no column means {}", meaning_in_words(needed)), place,
                    fmt::format("say which: --column \"HEADING={}\"", needed));
    return {};
  }

  const Grid& grid_;
  const Schema& schema_;
  const MappingRequest& request_;
  const Mapping* kept_;
  KindId kind_;
  std::vector<Said> said_;
  std::vector<const MappedColumn*> renamed_;
  Proposal out_;
};

}  // namespace

Result<Proposal> propose_mapping(const Grid& grid, const Schema& schema, const MappingRequest& request,
                                 const Mapping* kept) {
  return Proposing(grid, schema, request, kept).propose();
}

}  // namespace assay
