#include "experiments/rank.h"

#include <charconv>
#include <cstdlib>
#include <optional>
#include <string_view>

namespace noema::experiments {
namespace {

std::optional<unsigned> number_in(const char* variable) {
  const char* text = std::getenv(variable);
  if (text == nullptr) return std::nullopt;
  const std::string_view all(text);
  unsigned number = 0;
  const auto [end, error] = std::from_chars(all.data(), all.data() + all.size(), number);
  if (error != std::errc() || end != all.data() + all.size()) return std::nullopt;
  return number;
}

struct Launcher {
  const char *rank, *size;
};
constexpr Launcher kLaunchers[] = {
    {"OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_SIZE"},
    {"PMI_RANK", "PMI_SIZE"},
    {"SLURM_PROCID", "SLURM_STEP_NUM_TASKS"},
};

}  // namespace

Rank rank_of_process() {
  for (const Launcher& launcher : kLaunchers) {
    const auto index = number_in(launcher.rank), count = number_in(launcher.size);
    if (index && count && *index < *count) return {*index, *count};
  }
  return {};
}

}  // namespace noema::experiments
