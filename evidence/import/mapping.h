// What the columns of a council's own list mean: kept in a store under a name, so that the list can be imported as it
// stands, month after month (docs/formats/mapping.md). A line of the list is a body or thing of one kind; one column
// holds its reference, others what is recorded of it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/core/result.h"
#include "evidence/core/schema.h"
#include "evidence/import/grid.h"

namespace assay {

// Meanings that are no field: the reference, which becomes the subject's code, and its name in the register.
inline constexpr std::string_view kReference = "reference";
inline constexpr std::string_view kName = "name";

struct MappedColumn {
  std::string heading;     // as it stands
  std::string column;      // where it stood when this was kept: "C"
  std::string means;       // kReference, kName, or a field in full; empty: left out on purpose
  bool published = false;  // it holds published addresses or names of bodies

  friend bool operator==(const MappedColumn&, const MappedColumn&) = default;
};

struct Mapping {
  std::string name;
  std::string kind;   // document
  std::string whose;  // council:E06999999: the subject to which all of them belong
  std::string sheet;  // on which they stood; empty in a file without sheets
  std::vector<MappedColumn> columns;

  friend bool operator==(const Mapping&, const Mapping&) = default;
};

// As headings are compared: small letters and digits, one blank for all else.
std::string heading_key(std::string_view heading);
// What a heading probably means for things of a kind: kReference, kName, a field of the schema, or nothing.
std::optional<std::string> meaning_of(std::string_view heading, KindId kind, const Schema& schema);

// Where the headings stand.
struct HeadingRow {
  std::size_t sheet = 0, row = 0;  // places in the grid
};

struct Proposal {
  Mapping mapping;
  HeadingRow at;
  std::vector<Error> changes;  // of the list since `kept`: each with its place, what was found, and what is proposed
};

struct MappingRequest {
  std::string name, kind, whose;
  std::string sheet;  // empty: wherever the headings stand
  // "Owner=document_owner": said by a person, before all that is guessed. Nothing after the sign leaves a column out.
  std::vector<std::string> said;
  std::vector<std::string> published;
};
// The mapping of a file, from what is kept, what is said and what the headings look like. BadInput where no headings
// are found or one that is needed is wanting, WrongUse for what is said amiss.
Result<Proposal> propose_mapping(const Grid& grid, const Schema& schema, const MappingRequest& request,
                                 const Mapping* kept);

}  // namespace assay
