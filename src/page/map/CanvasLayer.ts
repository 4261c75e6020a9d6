import L from 'leaflet';
import { asyncScheduler, type Subscription } from 'rxjs';
import type { Frame } from './Frame.js';
import { frameOf } from './frameOf.js';

/** Draws what is in sight. Whether there is anything. */
export type Draw = (context: CanvasRenderingContext2D, frame: Frame) => boolean;

/**
 * A layer of a map that is one canvas over all that is in sight, drawn again when that changes, and when told to: once a frame.
 * With nothing on it, it is hidden: a browser without a graphics card copies each canvas that it shows in every frame.
 */
export class CanvasLayer extends L.Layer {
  private readonly canvas = document.createElement('canvas');
  private readonly context = this.canvas.getContext('2d')!;
  private map: L.Map | undefined;
  private frame = 0;
  private later: Subscription | undefined;

  /** Draws at once, which is only to be done in a frame. */
  readonly now = (): void => {
    this.forget();
    const { map, canvas, context } = this;
    if (map === undefined) return;
    const frame = frameOf(map);
    const { width, height } = frame;
    L.DomUtil.setPosition(canvas, map.containerPointToLayerPoint([0, 0]));
    const sharp = window.devicePixelRatio;
    const [across, down] = [Math.round(width * sharp), Math.round(height * sharp)];
    if (canvas.width !== across || canvas.height !== down) {
      canvas.width = across;
      canvas.height = down;
      canvas.style.width = `${width}px`;
      canvas.style.height = `${height}px`;
    }
    context.setTransform(sharp, 0, 0, sharp, 0, 0);
    context.clearRect(0, 0, width, height);
    const isBlank = !this.draw(context, frame);
    if (canvas.hidden !== isBlank) canvas.hidden = isBlank;
  };

  private readonly soon = (): void => { this.redraw(); };

  constructor(private readonly draw: Draw, private readonly pane: string) {
    super();
    this.canvas.className = 'leaflet-zoom-hide';
    this.canvas.setAttribute('aria-hidden', 'true');
  }

  override onAdd(map: L.Map): this {
    this.map = map;
    (map.getPane(this.pane) ?? map.createPane(this.pane)).append(this.canvas);
    map.on('move zoomend viewreset resize', this.soon);
    map.on('drag', this.now); // which is told in a frame: what comes into sight is not to wait for the next
    this.soon();
    return this;
  }

  override onRemove(map: L.Map): this {
    map.off('move zoomend viewreset resize', this.soon);
    map.off('drag', this.now);
    this.forget();
    this.canvas.remove();
    this.map = undefined;
    return this;
  }

  /** Draws in the next frame. */
  redraw(): void {
    if (this.frame === 0) this.frame = requestAnimationFrame(() => { this.now(); });
  }

  /** Draws in the next frame after some ms, unless it is drawn before. */
  redrawIn(ms: number): void {
    this.later ??= asyncScheduler.schedule(() => { this.redraw(); }, ms);
  }

  /** Whether it will be drawn again by itself. */
  get isToBeDrawn(): boolean {
    return this.frame !== 0 || this.later !== undefined;
  }

  private forget(): void {
    cancelAnimationFrame(this.frame);
    this.later?.unsubscribe();
    this.frame = 0;
    this.later = undefined;
  }
}
