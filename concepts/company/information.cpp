#include "concepts/company/information.h"

#include "base/numbers.h"

namespace noema::concepts::company {

Information::Information(const std::vector<double>& words, const std::vector<double>& contexts) {
  constexpr double kContextExponent = 0.75;
  double all = 0;
  for (const double n : contexts) all += n > 0 ? std::exp(kContextExponent * base::exact_log(n)) : 0;
  const double log_all = base::exact_log(all > 0 ? all : 1);
  for (const double n : words) words_.push_back(static_cast<float>(base::exact_log(n > 0 ? n : 1)));
  for (const double n : contexts)
    contexts_.push_back(static_cast<float>(kContextExponent * base::exact_log(n > 0 ? n : 1) - log_all));
}

}  // namespace noema::concepts::company
