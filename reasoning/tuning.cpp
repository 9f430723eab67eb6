#include "reasoning/tuning.h"

#include <fmt/format.h>
#include <tbb/parallel_for.h>

#include <array>
#include <cmath>
#include <numeric>

#include "base/stop.h"
#include "base/text.h"
#include "reasoning/history.h"
#include "reasoning/reading.h"

namespace noema::reasoning {

std::vector<std::string> first_words(const std::vector<std::string>& lines, std::uint64_t words) {
  std::vector<std::string> first;
  std::uint64_t count = 0;
  for (const std::string& line : lines) {
    if (words > 0 && count >= words) break;
    count += base::count_words(line) + 1;
    first.push_back(line);
  }
  return first;
}

CacheSettings tune_cache(const transformer::Model& model, const std::vector<std::string>& lines,
                         const std::stop_token& stop) {
  constexpr std::array kWindows{1000U, 2000U, 4000U};
  constexpr std::array kThetas{8.0, 16.0, 24.0, 32.0};
  constexpr std::array kLambdas{0.15, 0.25};
  static_assert(kWindows.size() * kThetas.size() * kLambdas.size() == kTunedSettings);
  std::array<std::array<std::array<double, kLambdas.size()>, kThetas.size()>, kWindows.size()> bits{};
  Reader reader(model);
  History history(reader.width(), kWindows.back());
  for (const std::string& line : lines) {
    base::stop_if_requested(stop);
    for (const UnitReading& unit : reader.read(line)) {
      std::array<double, kThetas.size()> all{}, own{};
      const double transformer = std::exp(-unit.nats);
      std::size_t window = 0;
      const auto close_window = [&] {
        for (std::size_t t = 0; t < kThetas.size(); ++t) {
          const double share = all[t] > 0 ? own[t] / all[t] : transformer;
          for (std::size_t l = 0; l < kLambdas.size(); ++l)
            bits[window][t][l] -= std::log2(std::max((1 - kLambdas[l]) * transformer + kLambdas[l] * share, 1e-300));
        }
        ++window;
      };
      history.for_each_back(unit, [&](std::size_t i, double cosine, bool same) {
        if (i == kWindows[window]) close_window();
        const double at8 = std::exp(8 * (cosine - 1));
        const double at16 = at8 * at8;
        const std::array<double, kThetas.size()> weights{at8, at16, at16 * at8, at16 * at16};
        for (std::size_t t = 0; t < kThetas.size(); ++t) {
          all[t] += weights[t];
          if (same) own[t] += weights[t];
        }
      });
      while (window < kWindows.size()) close_window();
      history.store(unit);
    }
  }
  CacheSettings best;
  double fewest = -1;
  for (std::size_t w = 0; w < kWindows.size(); ++w)
    for (std::size_t t = 0; t < kThetas.size(); ++t)
      for (std::size_t l = 0; l < kLambdas.size(); ++l)
        if (fewest < 0 || bits[w][t][l] < fewest) {
          fewest = bits[w][t][l];
          best = {kThetas[t], kLambdas[l], kWindows[w]};
        }
  return best;
}

transformer::OnlineOptions tune_dynamic(const transformer::Model& model, const std::vector<std::string>& lines,
                                        const std::stop_token& stop) {
  std::vector<transformer::OnlineOptions> grid;
  for (const double rate : {1e-4, 2e-4, 3e-4, 4e-4})
    for (const double decay : {0.0, 0.001, 0.003})
      for (const int segment : {16, 32}) {
        transformer::OnlineOptions options;
        options.rule = transformer::OnlineOptions::Rule::kScaled;
        options.rate = rate;
        options.decay = decay;
        options.segment = segment;
        grid.push_back(options);
      }
  Reader reader(model);
  std::vector<std::vector<transformer::PredictiveCopy::Unit>> read;  // by line
  for (const std::string& line : lines) {
    read.emplace_back();
    for (const UnitReading& unit : reader.split(line)) read.back().push_back(unit.tokens);
  }
  std::vector<double> nats(grid.size());
  tbb::parallel_for(
      std::size_t{0}, grid.size(),
      [&](std::size_t g) {
        transformer::PredictiveCopy copy(model, grid[g]);
        for (const auto& units : read) {
          if (stop.stop_requested()) return;
          const std::vector<double> costs = copy.read(units, true);
          nats[g] = std::accumulate(costs.begin(), costs.end(), nats[g]);
        }
      },
      tbb::simple_partitioner());
  base::stop_if_requested(stop);
  return grid[static_cast<std::size_t>(std::min_element(nats.begin(), nats.end()) - nats.begin())];
}

std::string described(const CacheSettings& settings) {
  return fmt::format("theta {} lambda {} window {}", settings.theta, settings.lambda, settings.window);
}

std::string described(const transformer::OnlineOptions& settings) {
  return fmt::format("rate {} decay {} segment {}", settings.rate, settings.decay, settings.segment);
}

}  // namespace noema::reasoning
