// council_history: upper-tier councils past and present. Makes the councils that have ended, each with its end and the
// councils that followed it; those still in being come by the layout councils, which is read before this one.
#include <map>

#include "evidence/import/layouts/layouts.h"

namespace assay {

namespace {

using StartByCode = std::map<std::string, std::string, std::less<>>;

struct Ended {
  std::uint64_t row;
  std::string code, successors;
};

// The links to the councils that followed, each from the day on which the register has its successor begin.
void add_successors(TableReading& in, const Ended& ended, const StartByCode& start_of) {
  std::string_view codes = ended.successors;
  while (!codes.empty()) {
    const std::size_t end = std::min(codes.find(','), codes.size());
    const std::string_view code = trimmed(codes.substr(0, end));
    codes.remove_prefix(std::min(end + 1, codes.size()));
    const std::string link = "council_succession:" + ended.code + ">" + std::string(code);
    PublishedCell cell{.heading = "replaced-by", .subject = link, .field = "council_succession.register"};
    cell.row = ended.row;
    if (const auto start = start_of.find(code); start != start_of.end()) cell.valid_from = start->second;
    in.add(cell);
  }
}

}  // namespace

void read_council_history(TableReading& in) {
  in.name_column(Column::Subject, "gss-code");
  in.name_column(Column::ValidFrom, "start-date");
  in.name_column(Column::ValidTo, "end-date");
  StartByCode start_of;
  std::vector<Ended> followed;  // by others, whose lines may come later in the file
  while (in.next_line()) {
    const std::string code(in.cell("gss-code"));
    const std::string_view start = in.cell("start-date");
    start_of[std::string(in.cell("local-authority-code"))] = start;
    if (in.cell("end-date").empty()) {
      in.pass_over("councils still in being, which the layout `councils` brings");
      continue;
    }
    const std::string subject = "council:" + code;
    PublishedCell cell{.heading = "official-name", .subject = subject, .field = "council.register"};
    cell.value = in.cell("official-name");
    cell.valid_from = start.empty() ? kFirstDay : start;
    cell.valid_to = in.cell("end-date");
    cell.note = start.empty() ? kNoStartNote : std::string_view();
    in.add(cell);
    cell.heading = "local-authority-code";
    cell.field = "council.alias";
    cell.value = in.cell("local-authority-code");
    cell.valid_to = {};
    cell.note = {};
    in.add(cell);
    followed.push_back({in.table().row(), code, std::string(in.cell("replaced-by"))});
  }
  for (const Ended& ended : followed) add_successors(in, ended, start_of);
}

}  // namespace assay
