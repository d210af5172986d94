// How a file's layout is found: the first row of a strict table, the first that fits of a tolerant one, the outermost
// keys of a document.
#include "evidence/import/layout.h"

#include <fmt/format.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>

#include "evidence/core/text.h"
#include "evidence/import/import.h"
#include "evidence/import/read_value.h"

namespace assay {

namespace {

using Json = nlohmann::json;

// The layout that comes nearest to what was found, for the message when none fits.
struct Nearest {
  const Layout* layout = nullptr;
  std::size_t present = 0;
  std::vector<std::string> missing;
  std::string place;
  // One whose headings were found where its files may not have them: in a spreadsheet, or below other rows.
  const Layout* misplaced = nullptr;
  std::string misplaced_at;

  void consider(const Layout& other, std::vector<std::string> lacks, const std::string& where) {
    const std::size_t has = other.headings.size() - lacks.size();
    if (layout != nullptr && has <= present) return;
    layout = &other;
    present = has;
    missing = std::move(lacks);
    place = where;
  }
};

// "`Quarter` or `Period`".
std::string shown_heading(std::string_view wanted) {
  std::vector<std::string> names;
  while (!wanted.empty()) {
    const std::size_t end = std::min(wanted.find('|'), wanted.size());
    names.push_back(fmt::format("`{}`", wanted.substr(0, end)));
    wanted.remove_prefix(std::min(end + 1, wanted.size()));
  }
  return join_words(names, "or");
}

std::vector<std::string> missing_headings(const Layout& layout, const Table& table) {
  std::vector<std::string> missing;
  for (const std::string_view heading : layout.headings) {
    if (!table.find_heading(heading)) missing.push_back(shown_heading(heading));
  }
  return missing;
}

bool is_one_of(const Layout& layout, std::string_view name, Manner manner) {
  return layout.manner == manner && (name.empty() || layout.name == name);
}

Error not_recognised(const Nearest& nearest, std::string place) {
  Error error{ErrorCode::BadInput, "the headings are those of no layout known", std::move(place), {}};
  error.help =
      nearest.present > 0
          ? fmt::format("`{}` comes nearest; it also needs {}", nearest.layout->name, join_words(nearest.missing))
          : "tidy evidence has the columns `subject`, `field` and `value`; --layout names another";
  return error;
}

// Of the layout that was named.
Error does_not_fit(std::string_view name, const Nearest& nearest, const std::string& path) {
  if (nearest.layout == nullptr) {
    return {ErrorCode::BadInput, fmt::format("no row has the headings of the layout `{}`", name), path,
            "name another layout, or none to have it recognised"};
  }
  return {ErrorCode::BadInput, fmt::format("the layout `{}` also needs {}", name, join_words(nearest.missing)),
          nearest.place, "name another layout, or none to have it recognised"};
}

Result<const Layout*> find_layout(std::string_view name) {
  for (const Layout& layout : layouts()) {
    if (layout.name == name) return &layout;
  }
  const std::vector<std::string> names = layout_names();
  const auto near = near_name(name, names);
  return fail(ErrorCode::WrongUse, fmt::format("there is no layout `{}`", name), {},
              near ? fmt::format("did you mean `{}`?", *near) : fmt::format("there are {}", join_words(names)));
}

const Layout* strict_layout(std::string_view name, const Table& table, Nearest& nearest) {
  for (const Layout& layout : layouts()) {
    if (!is_one_of(layout, name, Manner::Strict)) continue;
    auto missing = missing_headings(layout, table);
    if (missing.empty()) return &layout;
    nearest.consider(layout, std::move(missing), table.place({}));
  }
  return nullptr;
}

void look_for_misplaced(const Table& row, Nearest& nearest) {
  for (const Layout& layout : layouts()) {
    if (nearest.misplaced != nullptr || layout.manner != Manner::Strict) continue;
    if (!missing_headings(layout, row).empty()) continue;
    nearest.misplaced = &layout;
    nearest.misplaced_at = row.place({});
  }
}

Error is_misplaced(const Nearest& nearest) {
  return {ErrorCode::BadInput,
          fmt::format("these are the headings of `{}`, which is read from CSV with its headings in row 1",
                      nearest.misplaced->name),
          nearest.misplaced_at, "save the sheet as CSV UTF-8, without what stands above its headings"};
}

const Layout* tolerant_layout(std::string_view name, Table& table, Nearest& nearest) {
  const Layout* found = nullptr;
  table.next_headings([&](const Table& row) {
    if (name.empty()) look_for_misplaced(row, nearest);
    for (const Layout& layout : layouts()) {
      if (!is_one_of(layout, name, Manner::Tolerant)) continue;
      auto missing = missing_headings(layout, row);
      if (missing.empty()) found = &layout;
      if (found != nullptr) return true;
      nearest.consider(layout, std::move(missing), row.place({}));
    }
    return false;
  });
  return found;
}

Result<const Layout*> document_layout(std::string_view name, const Table& table, Nearest& nearest) {
  const Json document = Json::parse(table.document(), nullptr, false);
  if (document.is_discarded()) {
    return fail(ErrorCode::BadInput, "this is no whole JSON", table.place({}),
                "the file is damaged or cut short: fetch it again");
  }
  for (const Layout& layout : layouts()) {
    if (!is_one_of(layout, name, Manner::Document)) continue;
    std::vector<std::string> missing;
    for (const std::string_view key : layout.headings) {
      if (!document.is_object() || !document.contains(key)) missing.push_back(fmt::format("`{}`", key));
    }
    if (missing.empty()) return &layout;
    nearest.consider(layout, std::move(missing), table.place({}));
  }
  return nullptr;
}

char first_letter(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  char c = 0;
  in >> std::ws >> c;
  return c;
}

Result<OpenedFile> open_document(const std::string& path, std::string_view name) {
  auto table = Table::open_document(path);
  if (!table) return tl::unexpected<Error>(table.error());
  Nearest nearest;
  const auto layout = document_layout(name, *table, nearest);
  if (!layout) return tl::unexpected<Error>(layout.error());
  if (*layout != nullptr) return OpenedFile{std::move(*table), *layout};
  if (!name.empty()) return tl::unexpected<Error>(does_not_fit(name, nearest, path));
  Error error = not_recognised(nearest, path);
  error.message = "the keys of this JSON are those of no layout known";
  if (nearest.present == 0) error.help = "a record of CQC or of the Organisation Data Service is read";
  return tl::unexpected<Error>(std::move(error));
}

Result<OpenedFile> open_tolerant(const std::string& path, std::string_view name, Nearest& nearest) {
  auto table = Table::open_tolerant(path);
  if (!table) return tl::unexpected<Error>(table.error());
  const Layout* const layout = tolerant_layout(name, *table, nearest);
  if (layout != nullptr) return OpenedFile{std::move(*table), layout};
  if (table->faulty()) return tl::unexpected<Error>(table->fault());
  if (nearest.misplaced != nullptr) return tl::unexpected<Error>(is_misplaced(nearest));
  return tl::unexpected<Error>(name.empty() ? not_recognised(nearest, nearest.present > 0 ? nearest.place : path)
                                            : does_not_fit(name, nearest, path));
}

// Of a strict table only the first row is asked; so one heading alone, with other signs between its words, is told.
Error strict_not_recognised(const Nearest& nearest, const Table& table) {
  Error error = not_recognised(nearest, table.place({}));
  const std::string& first = table.headings().front();
  if (table.headings().size() == 1 && first.find_first_of(";\t|") != std::string::npos) {
    error.message = fmt::format("there is one heading, `{}`", shown_text(first));
    error.help = "cells are parted by commas: save the file as CSV with commas";
  }
  return error;
}

Result<OpenedFile> open_strict(const std::string& path, std::string_view name, Nearest& nearest) {
  auto csv = CsvReader::open(path);
  if (!csv) return tl::unexpected<Error>(csv.error());
  Table table(std::move(*csv));
  const Layout* const layout = strict_layout(name, table, nearest);
  if (layout != nullptr) return OpenedFile{std::move(table), layout};
  if (!name.empty()) return tl::unexpected<Error>(does_not_fit(name, nearest, table.place({})));
  return tl::unexpected<Error>(strict_not_recognised(nearest, table));
}

bool begins_like_spreadsheet(const std::string& path) {
  std::string start(4, '\0');
  std::ifstream(path, std::ios::binary).read(start.data(), static_cast<std::streamsize>(start.size()));
  return Spreadsheet::begins_like_one(start);
}

// What a strict reading says of the file counts, unless another reading knows it.
Result<OpenedFile> recognise(const std::string& path) {
  Nearest nearest;
  if (begins_like_spreadsheet(path)) return open_tolerant(path, {}, nearest);
  const char first = first_letter(path);
  if (first == '{' || first == '[') return open_document(path, {});
  auto strict = open_strict(path, {}, nearest);
  if (strict) return strict;
  const std::size_t present = nearest.present;
  auto tolerant = open_tolerant(path, {}, nearest);
  if (tolerant || nearest.present > present || nearest.misplaced != nullptr) return tolerant;
  return strict;
}

}  // namespace

Result<OpenedFile> open_by_layout(const std::string& path, std::string_view name) {
  if (name.empty()) return recognise(path);
  const auto layout = find_layout(name);
  if (!layout) return tl::unexpected<Error>(layout.error());
  Nearest nearest;
  switch ((*layout)->manner) {
    case Manner::Strict:
      return open_strict(path, name, nearest);
    case Manner::Tolerant:
      return open_tolerant(path, name, nearest);
    case Manner::Document:
      break;
  }
  return open_document(path, name);
}

}  // namespace assay
