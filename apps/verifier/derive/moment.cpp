// Going back.
#include "apps/verifier/derive/moment.h"

namespace assay::verifier {

Date Moment::date() const {
  return add(add(as_at, {Duration::Unit::Months, -months_back}), {Duration::Unit::Days, -days_back});
}

Moment back(Moment moment, Duration duration) {
  (duration.unit == Duration::Unit::Months ? moment.months_back : moment.days_back) += duration.count;
  return moment;
}

Moment on_earlier_day(Moment moment, Date day) {
  moment.looked_from = moment.present();
  moment.as_at = day;
  moment.months_back = moment.days_back = 0;
  return moment;
}

}  // namespace assay::verifier
