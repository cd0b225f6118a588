//! A smaller picture: each of its pixels is the mean of the area it covers, edges by their share. `image` has this only as one
//! of its general filters, at six times the cost.

use image::RgbImage;

/// A JPEG's sides have sixteen bits.
const LONGEST: u32 = 65_535;

/// So that the longer side is `longest` at most; never larger.
pub(crate) fn shrink(picture: RgbImage, longest: u32) -> RgbImage {
    let (width, height) = picture.dimensions();
    let (side, longest) = (u64::from(width.max(height)), u64::from(longest.clamp(1, LONGEST)));
    if side <= longest {
        return picture;
    }
    let part = |length: u32| ((u64::from(length) * longest + side / 2) / side).max(1) as u32;
    mean(&picture, part(width), part(height))
}

/// What one pixel covers along one side: the first of the larger picture's, and the share of each.
struct Span {
    first: usize,
    shares: Vec<f32>,
}

/// In parts of which a large pixel has `small` and a small one `large`, so that all edges are whole numbers.
fn spans(large: u32, small: u32) -> Vec<Span> {
    let (large, small) = (u64::from(large), u64::from(small));
    let span = |at: u64| {
        let (start, end) = (at * large, (at + 1) * large);
        let covered = start / small..end.div_ceil(small);
        let share = |pixel: u64| {
            let parts = end.min((pixel + 1) * small) - start.max(pixel * small);
            parts as f32 / large as f32
        };
        Span { first: covered.start as usize, shares: covered.map(share).collect() }
    };
    (0..small).map(span).collect()
}

fn mean(picture: &RgbImage, width: u32, height: u32) -> RgbImage {
    let across = spans(picture.width(), width);
    let line_bytes = picture.width() as usize * 3;
    let mut bytes = Vec::with_capacity(width as usize * height as usize * 3);
    let mut sums = vec![[0_f32; 3]; across.len()];
    for down in spans(picture.height(), height) {
        sums.fill([0.0; 3]);
        let lines = picture.as_raw().chunks_exact(line_bytes).skip(down.first);
        for (line, share_down) in lines.zip(&down.shares) {
            let pixels = line.as_chunks::<3>().0;
            for (sum, span) in sums.iter_mut().zip(&across) {
                let mut colours = [0_f32; 3];
                for (pixel, share) in pixels[span.first..].iter().zip(&span.shares) {
                    (0..3).for_each(|colour| colours[colour] += f32::from(pixel[colour]) * share);
                }
                (0..3).for_each(|colour| sum[colour] += colours[colour] * share_down);
            }
        }
        bytes.extend(sums.as_flattened().iter().map(|sum| sum.round() as u8));
    }
    // There are as many as its size says.
    RgbImage::from_raw(width, height, bytes).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::Rgb;

    #[test]
    fn the_shares_of_a_span_are_one_and_spans_meet() {
        for (large, small) in [(10, 3), (4032, 1600), (65_535, 7), (5, 5), (9, 1)] {
            let spans = spans(large, small);
            assert_eq!((spans.len(), spans[0].first), (small as usize, 0));
            for span in &spans {
                assert!((span.shares.iter().sum::<f32>() - 1.0).abs() < 1e-4);
            }
            let last = spans.last().unwrap();
            assert_eq!(last.first + last.shares.len(), large as usize);
        }
    }

    #[test]
    fn a_pixel_is_the_mean_of_its_area() {
        let picture = RgbImage::from_fn(4, 2, |x, y| Rgb([(x * 60) as u8, (y * 100) as u8, 255]));
        assert_eq!(*mean(&picture, 1, 1).get_pixel(0, 0), Rgb([90, 50, 255]));
        assert_eq!(*mean(&picture, 2, 1).get_pixel(1, 0), Rgb([150, 50, 255]));
        // Of three columns the middle one goes half to each.
        let picture = RgbImage::from_fn(3, 1, |x, _| Rgb([[0, 90, 240][x as usize]; 3]));
        let halves = mean(&picture, 2, 1);
        assert_eq!((halves.get_pixel(0, 0).0[0], halves.get_pixel(1, 0).0[0]), (30, 190));
    }

    #[test]
    fn one_colour_stays_that_colour() {
        let picture = RgbImage::from_pixel(301, 199, Rgb([255, 1, 128]));
        assert!(mean(&picture, 100, 66).pixels().all(|pixel| *pixel == Rgb([255, 1, 128])));
    }
}
