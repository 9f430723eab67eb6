#include "experiments/metrics/incremental.h"

#include <algorithm>

namespace noema::experiments {
namespace {

using Compute = std::optional<double> (*)(const AccuracyMatrix&);

template <Compute compute>
class OfMatrix final : public Fold {
 public:
  void add(const Scored& scored) override { matrix_.add(scored); }
  std::optional<double> value() const override { return matrix_.is_whole() ? compute(matrix_) : std::nullopt; }

 private:
  AccuracyMatrix matrix_;
};

template <Compute compute>
MetricKind kind_of(const char* name, const char* label, const char* formula) {
  return {name, label, "",    formula,
          3,    true,  false, []() -> std::unique_ptr<Fold> { return std::make_unique<OfMatrix<compute>>(); }};
}

std::optional<double> average(const AccuracyMatrix& r) {
  double sum = 0;
  for (std::size_t j = 1; j <= r.tasks(); ++j) sum += *r.at(r.tasks(), j);
  return sum / static_cast<double>(r.tasks());
}

std::optional<double> average_incremental(const AccuracyMatrix& r) {
  double sum = 0;
  for (std::size_t i = 1; i <= r.tasks(); ++i) sum += *r.so_far(i);
  return sum / static_cast<double>(r.tasks());
}

std::optional<double> backward(const AccuracyMatrix& r) {
  if (r.tasks() < 2) return std::nullopt;
  double sum = 0;
  for (std::size_t j = 1; j < r.tasks(); ++j) sum += *r.at(r.tasks(), j) - *r.at(j, j);
  return sum / static_cast<double>(r.tasks() - 1);
}

std::optional<double> forward(const AccuracyMatrix& r) {
  if (r.tasks() < 2) return std::nullopt;
  double sum = 0;
  for (std::size_t j = 2; j <= r.tasks(); ++j) sum += *r.at(j - 1, j) - *r.at(0, j);
  return sum / static_cast<double>(r.tasks() - 1);
}

std::optional<double> forgotten(const AccuracyMatrix& r) {
  if (r.tasks() < 2) return std::nullopt;
  double sum = 0;
  for (std::size_t j = 1; j < r.tasks(); ++j) {
    double best = 0;
    for (std::size_t i = j; i < r.tasks(); ++i) best = std::max(best, *r.at(i, j));
    sum += best - *r.at(r.tasks(), j);
  }
  return sum / static_cast<double>(r.tasks() - 1);
}

}  // namespace

void AccuracyMatrix::add(const Scored& scored) {
  if (!scored.asked || scored.asked->outside) return;
  const auto* said = std::get_if<reasoning::Label>(&scored.outcome);
  if (said == nullptr) return;
  const AskedAt& at = *scored.asked;
  if (counts_.empty()) counts_.assign(at.tasks + 1, std::vector<Count>(at.tasks));
  Count& count = counts_.at(at.after).at(at.of);
  count.right += said->label == label_of(scored.experience) ? 1 : 0;
  ++count.all;
}

std::optional<double> AccuracyMatrix::at(std::size_t after, std::size_t task) const {
  const Count& count = counts_.at(after).at(task - 1);
  if (count.all == 0) return std::nullopt;
  return static_cast<double>(count.right) / static_cast<double>(count.all);
}

std::optional<double> AccuracyMatrix::so_far(std::size_t after) const {
  Count sum;
  for (std::size_t task = 0; task < after; ++task) {
    sum.right += counts_.at(after).at(task).right;
    sum.all += counts_.at(after).at(task).all;
  }
  if (sum.all == 0) return std::nullopt;
  return static_cast<double>(sum.right) / static_cast<double>(sum.all);
}

bool AccuracyMatrix::is_whole() const {
  return !counts_.empty() && std::all_of(counts_.begin(), counts_.end(), [](const auto& row) {
    return std::all_of(row.begin(), row.end(), [](const Count& count) { return count.all > 0; });
  });
}

nlohmann::json AccuracyMatrix::to_json() const {
  nlohmann::json rows = nlohmann::json::array();
  for (std::size_t after = 0; after < counts_.size(); ++after) {
    nlohmann::json row = nlohmann::json::array();
    for (std::size_t task = 1; task <= tasks(); ++task) {
      const auto value = at(after, task);
      row.push_back(value ? nlohmann::json(*value) : nlohmann::json(nullptr));
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

MetricKind average_accuracy_metric() {
  return kind_of<average>(
      "average_accuracy", "ACC",
      "1/T sum_j R(T, j), each task counting the same (Lopez-Paz & Ranzato 2017); R(i, j): share of "
      "task j's items that are right after the tasks 1..i, T: number of tasks");
}

MetricKind average_incremental_accuracy_metric() {
  return kind_of<average_incremental>(
      "average_incremental_accuracy", "avg. incremental acc.",
      "1/T sum_i A(i), A(i): share of the items of tasks 1..i that are right after them (Rebuffi et al. 2017)");
}

MetricKind backward_transfer_metric() {
  return kind_of<backward>("backward_transfer", "BWT",
                           "1/(T-1) sum_{j<T} (R(T, j) - R(j, j)) (Lopez-Paz & Ranzato 2017)");
}

MetricKind forward_transfer_metric() {
  return kind_of<forward>(
      "forward_transfer", "FWT",
      "1/(T-1) sum_{j>1} (R(j-1, j) - R(0, j)), R(0, j): before the first task (Lopez-Paz & Ranzato "
      "2017); 0 by nature where no class of a task is known before it");
}

MetricKind forgetting_metric() {
  return kind_of<forgotten>("forgetting", "forgetting",
                            "1/(T-1) sum_{j<T} (max_{j<=i<T} R(i, j) - R(T, j)) (Chaudhry et al. 2018)");
}

}  // namespace noema::experiments
