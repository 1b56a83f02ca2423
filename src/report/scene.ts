/** A picture as plain data, in its own coordinates (y grows downwards): what a family draws of a solution, rendered by the report. */
export interface Scene {
  readonly width: number;
  readonly height: number;
  readonly items: readonly SceneItem[];
  /** One line under the picture. */
  readonly caption?: string;
}

export type SceneItem =
  | {
      readonly kind: 'path';
      readonly points: ArrayLike<number>;
      readonly closed?: boolean;
      readonly stroke?: string;
      readonly fill?: string;
      readonly width?: number;
    }
  | { readonly kind: 'dots'; readonly points: ArrayLike<number>; readonly radius: number; readonly fill?: string }
  | {
      readonly kind: 'box';
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly fill?: string;
      readonly stroke?: string;
      readonly title?: string;
    }
  | {
      readonly kind: 'text';
      readonly x: number;
      readonly y: number;
      readonly text: string;
      readonly size?: number;
      readonly anchor?: 'start' | 'middle' | 'end';
    };
