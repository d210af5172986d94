// ods_organisation: the Organisation Data Service's record of one organisation (ORD interface 2-0-0). A trust comes
// into being with its dates and, where its geography is a care board's, is joined to that system; an integrated care
// board gives its system another name. Other roles are passed over.
#include <fmt/format.h>

#include "evidence/import/layouts/json_fields.h"
#include "evidence/import/layouts/layouts.h"

namespace assay {

namespace {

// Roles and relations by the service's own codes.
constexpr std::string_view kTrust = "RO197", kCareBoard = "RO261", kInGeographyOf = "RE5";

class OrganisationReading {
 public:
  OrganisationReading(TableReading& in, const JsonFields& record) : in_(in), record_(record) {}

  void read() {
    code_ = record_.text("Organisation.OrgId.extension");
    if (code_.empty()) return in_.refuse("Organisation.OrgId.extension", "the record does not say whose it is");
    switch (role()) {
      case Role::Trust:
        add_register();
        for (std::size_t i = 0; i < record_.count("Organisation.Rels.Rel"); ++i) {
          join(fmt::format("Organisation.Rels.Rel.{}", i));
        }
        for (std::size_t i = 0; i < record_.count("Organisation.Succs.Succ"); ++i) {
          in_.pass_over("successions of trusts, for which the rules have no relation");
        }
        break;
      case Role::CareBoard:
        add_alias();
        break;
      case Role::Other:
        in_.pass_over("organisations that are neither a trust nor a care board");
        break;
    }
  }

 private:
  enum class Role : std::uint8_t { Trust, CareBoard, Other };
  struct Dates {
    std::string_view from, to;
    std::string path;
  };

  Role role() const {
    for (std::size_t i = 0; i < record_.count("Organisation.Roles.Role"); ++i) {
      const std::string_view id = record_.text(fmt::format("Organisation.Roles.Role.{}.id", i));
      if (id == kTrust) return Role::Trust;
      if (id == kCareBoard) return Role::CareBoard;
    }
    return Role::Other;
  }

  // Operational dates say when a body did its work; legal ones only stand in for them.
  Dates dates_of(const std::string& path) const {
    Dates dates;
    for (std::size_t i = 0; i < record_.count(path + ".Date"); ++i) {
      const std::string date = fmt::format("{}.Date.{}", path, i);
      const bool operational = record_.text(date + ".Type") == "Operational";
      if (operational || dates.from.empty()) {
        dates = {record_.text(date + ".Start"), record_.text(date + ".End"), date + ".Start"};
      }
      if (operational) break;
    }
    return dates;
  }

  void add_register() {
    const Dates dates = dates_of("Organisation");
    const std::string subject = fmt::format("trust:{}", code_);
    in_.name_column(Column::ValidFrom, dates.path);
    PublishedCell cell{.heading = "Organisation.Name", .subject = subject, .field = "trust.register"};
    cell.value = record_.text("Organisation.Name");
    cell.valid_from = dates.from.empty() ? kFirstDay : dates.from;
    cell.valid_to = dates.to;
    cell.note = dates.from.empty() ? kNoStartNote : std::string_view();
    in_.add(cell);
  }

  void add_alias() {
    const std::string subject = fmt::format("ics:{}", code_);
    PublishedCell cell{.heading = "Organisation.Name", .subject = subject, .field = "ics.alias"};
    cell.value = record_.text("Organisation.Name");
    cell.valid_from = in_.recorded_on();
    in_.add(cell);
  }

  void join(const std::string& path) {
    const std::string_view target = record_.text(path + ".Target.OrgId.extension");
    const bool board = record_.text(path + ".Target.PrimaryRoleId.id") == kCareBoard;
    if (record_.text(path + ".id") != kInGeographyOf || !board) {
      return in_.pass_over("relations other than a trust's place in a care board's area");
    }
    const Dates dates = dates_of(path);
    const std::string link = fmt::format("trust_of_system:{}>{}", code_, target);
    in_.name_column(Column::Subject, path + ".Target.OrgId.extension");
    in_.name_column(Column::ValidFrom, dates.path);
    PublishedCell cell{.subject = link, .field = "trust_of_system.register"};
    const std::string heading = path + ".Target.OrgId.extension";
    cell.heading = heading;
    cell.valid_from = dates.from;
    cell.valid_to = dates.to;
    in_.add(cell);
  }

  TableReading& in_;
  const JsonFields& record_;
  std::string_view code_;
};

}  // namespace

void read_ods_organisation(TableReading& in) {
  const auto record = JsonFields::read(in.table().document());
  if (!record) return in.refuse({}, record.error().message, record.error().help);
  in.name_column(Column::Subject, "Organisation.OrgId.extension");
  OrganisationReading(in, *record).read();
}

}  // namespace assay
