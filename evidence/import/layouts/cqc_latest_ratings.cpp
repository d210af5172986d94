// cqc_latest_ratings: CQC's monthly list of latest ratings, 28 columns, one location, service and key question a line.
// Ratings go to the kind `location`, and those of providers to `provider`, where the rules have them; a location's
// provider is joined to the council in which it lies, `provider_in_council`, where the rules ask for ratings.
//
// Its dates have been seen as 05/29/2026 and as 29/05/2026. One file has one order: a date that can only be read one
// way settles it, and a file without any is refused.
#include <fmt/format.h>

#include <map>

#include "evidence/core/imprecise_date.h"
#include "evidence/import/layouts/cqc_ratings.h"

namespace assay {

namespace {

struct Line {
  std::uint64_t row = 0;
  std::string location, name, provider, provider_name, council, service, question, rating, published, report, url;
};

// `-` and `*` are blanks.
std::string cell_of(TableReading& in, std::string_view heading) {
  const std::string_view text = in.cell(heading);
  return text == "-" || text == "*" ? std::string() : std::string(text);
}

Line line_of(TableReading& in) {
  return {in.table().row(),
          cell_of(in, "Location ID"),
          cell_of(in, "Location Name"),
          cell_of(in, "Provider ID"),
          cell_of(in, "Provider Name"),
          cell_of(in, "Location Local Authority"),
          cell_of(in, "Service / Population Group"),
          cell_of(in, "Domain"),
          cell_of(in, "Latest Rating"),
          cell_of(in, "Publication Date"),
          cell_of(in, "Report Type"),
          cell_of(in, "URL")};
}

// The two first numbers of "05/29/2026"; nothing for another form.
struct Slashed {
  int first, second;
  std::string year;
};
std::optional<Slashed> read_slashed(std::string_view text) {
  if (text.size() != 10 || text[2] != '/' || text[5] != '/') return std::nullopt;
  const auto two = [&](std::size_t at) -> int {
    const bool digits = text[at] >= '0' && text[at] <= '9' && text[at + 1] >= '0' && text[at + 1] <= '9';
    return digits ? (text[at] - '0') * 10 + (text[at + 1] - '0') : -1;
  };
  if (two(0) < 1 || two(3) < 1) return std::nullopt;
  return Slashed{two(0), two(3), std::string(text.substr(6))};
}

enum class Order : std::uint8_t { Unknown, DayFirst, MonthFirst, Both };

Order order_of(const std::vector<Line>& lines) {
  bool day_first = false, month_first = false;
  for (const Line& line : lines) {
    const auto date = read_slashed(line.published);
    if (!date) continue;
    day_first = day_first || date->first > 12;
    month_first = month_first || date->second > 12;
  }
  if (day_first && month_first) return Order::Both;
  if (!day_first && !month_first) return Order::Unknown;
  return day_first ? Order::DayFirst : Order::MonthFirst;
}

std::optional<std::string> iso_date(std::string_view text, Order order) {
  if (const auto date = read_slashed(text)) {
    if (order == Order::Unknown) return std::nullopt;
    const int day = order == Order::DayFirst ? date->first : date->second;
    const int month = order == Order::DayFirst ? date->second : date->first;
    const auto read = Date::parse(fmt::format("{}-{:02}-{:02}", date->year, month, day));
    if (!read) return std::nullopt;
    return read->to_string();
  }
  const auto read = read_date_as_written(text);
  if (!read || !read->exact()) return std::nullopt;
  return read->first.to_string();
}

class RatingsReading {
 public:
  explicit RatingsReading(TableReading& in) : in_(in) {}

  void read() {
    while (in_.next_line()) lines_.push_back(line_of(in_));
    order_ = order_of(lines_);
    if (order_ == Order::Both) {
      refuse(lines_.front(), "Publication Date", "the file has dates with the day first and with the month first",
             "give its dates as 2026-05-29");
      return;
    }
    for (const Line& line : lines_) read_line(line);
  }

 private:
  void refuse(const Line& line, std::string_view heading, std::string message, std::string help) {
    in_.refuse_at(line.row, heading, std::move(message), std::move(help));
  }

  void read_line(const Line& line) {
    if (line.published.empty()) return in_.pass_over("ratings without a publication date");
    const auto published = iso_date(line.published, order_);
    if (!published) {
      return refuse(line, "Publication Date", fmt::format("`{}` is not a date", shown_text(line.published)),
                    "no date of the file tells whether day or month comes first: give them as 2026-05-29");
    }
    const bool provider = line.report == "Provider";
    const Body body = provider ? Body{"provider", line.provider, "Provider Name", line.provider_name}
                               : Body{"location", line.location, "Location Name", line.name};
    if (body.code.empty()) {
      return refuse(line, provider ? "Provider ID" : "Location ID", "the rating does not say of whom it is", {});
    }
    add_cqc_rating(in_, {.heading = "Latest Rating",
                         .body = body,
                         .service = line.service,
                         .question = line.question,
                         .rating = line.rating,
                         .published = *published,
                         .document = line.url,
                         .row = line.row});
    if (!line.provider.empty()) join(line);
  }

  // The provider to the council its location lies in, once, if the provider is one that the rules ask about.
  void join(const Line& line) {
    if (line.council.empty() || in_.catalogue().find_subject("provider", line.provider) == 0) return;
    std::string& council = council_by_name_[line.council];
    if (council.empty()) {
      const std::uint32_t number = in_.catalogue().find_alias("council", line.council);
      if (number == 0) {
        return refuse(line, "Location Local Authority",
                      fmt::format("no council `{}` is known", shown_text(line.council)),
                      "bring its spelling with the layout `council_aliases`");
      }
      council = in_.catalogue().subjects()[number].code;
    }
    const std::string link = fmt::format("provider_in_council:{}>{}", line.provider, council);
    if (in_.catalogue().find_subject(link) != 0) return;
    PublishedCell cell{.heading = "Location Local Authority", .subject = link};
    cell.field = "provider_in_council.register";
    cell.valid_from = in_.recorded_on();
    cell.row = line.row;
    in_.add(cell);
  }

  TableReading& in_;
  std::vector<Line> lines_;
  Order order_ = Order::Unknown;
  std::map<std::string, std::string> council_by_name_;
};

}  // namespace

void read_cqc_latest_ratings(TableReading& in) {
  in.name_column(Column::Subject, "Location ID");
  in.name_column(Column::ValidFrom, "Publication Date");
  RatingsReading(in).read();
}

}  // namespace assay
