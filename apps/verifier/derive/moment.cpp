// Going back.
#include "apps/verifier/derive/moment.h"

#include <algorithm>

namespace assay::verifier {

Date Moment::date() const {
  return add(add(as_at, {Duration::Unit::Months, -months_back}), {Duration::Unit::Days, -days_back});
}

Moment back(Moment moment, Duration duration) {
  // Further back than there are days, it makes no difference how far.
  constexpr std::int32_t kDaysMax = 10000 * 366, kMonthsMax = 10000 * 12;
  const bool months = duration.unit == Duration::Unit::Months;
  std::int32_t& so_far = months ? moment.months_back : moment.days_back;
  so_far = std::min(so_far + duration.count, months ? kMonthsMax : kDaysMax);
  return moment;
}

Moment on_earlier_day(Moment moment, Date day) {
  moment.looked_from = moment.present();
  moment.as_at = day;
  moment.months_back = moment.days_back = 0;
  return moment;
}

}  // namespace assay::verifier
