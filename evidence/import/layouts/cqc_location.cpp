// cqc_location: CQC's record of one location, as its public API (v1) gives it: the ratings in force and those before
// them, each from the day of its report. They go where the list of latest ratings goes, by the same codes.
#include <fmt/format.h>

#include <optional>

#include "evidence/import/layouts/cqc_ratings.h"
#include "evidence/import/layouts/json_fields.h"

namespace assay {

namespace {

class LocationReading {
 public:
  LocationReading(TableReading& in, const JsonFields& record) : in_(in), record_(record) {}

  void read() {
    location_ = record_.text("locationId");
    name_ = record_.text("name");
    if (location_.empty()) return in_.refuse("locationId", "the record does not say of which location it is");
    read_ratings("currentRatings", record_.text("currentRatings.reportDate"));
    for (std::size_t i = 0; i < record_.count("historicRatings"); ++i) {
      const std::string path = fmt::format("historicRatings.{}", i);
      read_ratings(path, record_.text(path + ".reportDate"));
    }
    for (std::size_t i = 0; i < record_.count("currentRatings.serviceRatings"); ++i) {
      const std::string path = fmt::format("currentRatings.serviceRatings.{}", i);
      read_group(path, record_.text(path + ".name"), record_.text(path + ".reportDate"));
    }
  }

 private:
  void read_ratings(const std::string& path, std::string_view date) { read_group(path + ".overall", "Overall", date); }

  // The rating of a service and of its key questions.
  void read_group(const std::string& path, std::string_view service, std::string_view date) {
    if (record_.text(path + ".rating").empty() && record_.count(path + ".keyQuestionRatings") == 0) return;
    add(path, service, "Overall", date);
    for (std::size_t i = 0; i < record_.count(path + ".keyQuestionRatings"); ++i) {
      const std::string question = fmt::format("{}.keyQuestionRatings.{}", path, i);
      if (record_.text(question + ".name").empty()) {
        in_.refuse(question + ".name", "the rating does not say of which question it is");
        continue;
      }
      add(question, service, record_.text(question + ".name"), date);
    }
  }

  void add(const std::string& path, std::string_view service, std::string_view question, std::string_view date) {
    const std::string_view own = record_.text(path + ".reportDate");
    if (own.empty()) {
      if (date.empty()) return in_.refuse(path + ".reportDate", "the rating does not say from when it holds");
    } else {
      date = own;
    }
    in_.name_column(Column::ValidFrom, path + ".reportDate");
    add_cqc_rating(in_, {.heading = path + ".rating",
                         .body = {"location", location_, "name", name_},
                         .service = service,
                         .question = question,
                         .rating = record_.text(path + ".rating"),
                         .published = date});
  }

  TableReading& in_;
  const JsonFields& record_;
  std::string_view location_, name_;
};

}  // namespace

void read_cqc_location(TableReading& in) {
  const auto record = JsonFields::read(in.table().document());
  if (!record) return in.refuse({}, record.error().message, record.error().help);
  in.name_column(Column::Subject, "locationId");
  LocationReading(in, *record).read();
}

}  // namespace assay
