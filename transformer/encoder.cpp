#include "transformer/encoder.h"

#include <algorithm>

namespace noema::transformer {

std::vector<float> Encoder::encode(std::span<const Token> tokens, Mask mask) {
  const std::size_t width = static_cast<std::size_t>(model_.width());
  const std::size_t room = static_cast<std::size_t>(model_.context() - 1);  // minus the start token
  const std::size_t step = std::max<std::size_t>(1, room / 2);
  std::vector<float> states(tokens.size() * width);
  std::size_t done = 0;  // tokens whose state is final
  for (std::size_t begin = 0; done < tokens.size(); begin += step) {
    const std::size_t end = std::min(tokens.size(), begin + room);
    window_.assign(1, kStart);
    window_.insert(window_.end(), tokens.begin() + static_cast<std::ptrdiff_t>(begin),
                   tokens.begin() + static_cast<std::ptrdiff_t>(end));
    inference_.clear();
    const auto hidden = inference_.append(window_, mask == Mask::kBidirectional ? static_cast<int>(window_.size()) : 0);
    // Tokens in two windows: in bidirectional reading the states of the last quarter come from the next window, in
    // which these tokens see more to their right.
    const bool last = end == tokens.size();
    const std::size_t keep = last || mask == Mask::kCausal ? end : end - step / 2;
    std::copy(hidden.begin() + static_cast<std::ptrdiff_t>((done - begin + 1) * width),
              hidden.begin() + static_cast<std::ptrdiff_t>((keep - begin + 1) * width),
              states.begin() + static_cast<std::ptrdiff_t>(done * width));
    done = keep;
  }
  return states;
}

}  // namespace noema::transformer
